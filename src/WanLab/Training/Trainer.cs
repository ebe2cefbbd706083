using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Torch;
using WanLab.Training.TensorBoard;

namespace WanLab.Training;

/// <summary>What a trainer works with, beside its job.</summary>
public sealed record TrainerRuntime
{
    /// <summary>Where encoded clips and captions are kept, shared between runs.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Told of everything that happens, in order, one call at a time.</summary>
    public Action<RunEvent> Report { get; init; } = _ => { };

    /// <summary>Time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Go on from the saved state instead of starting anew.</summary>
    public bool Resume { get; init; }
}

/// <summary>Trains a job: prepares the data, steps, writes checkpoints and previews, and saves its state when it stops.</summary>
public sealed class Trainer
{
    private readonly TrainingJob _job;
    private readonly BaseModel _model;
    private readonly TrainerRuntime _runtime;
    private readonly ExpertSchedule _schedule;

    /// <summary>A trainer for a job that was checked (<see cref="JobReader"/>), in a run folder.</summary>
    public Trainer(TrainingJob job, BaseModel model, RunFolder folder, TrainerRuntime runtime)
    {
        _job = job;
        _model = model;
        Folder = folder;
        _runtime = job.Logging.TensorBoard ? runtime with { Report = runtime.Report + new TensorBoardLog(folder.Path, runtime.Time).Report } : runtime;
        _schedule = new ExpertSchedule
        {
            Trained = [.. Experts.All.Where(e => e == Expert.High ? job.Multistage.HighNoise : job.Multistage.LowNoise)],
            SwitchEvery = job.Multistage.SwitchEvery,
            HighShare = job.Multistage.HighShare,
        };
    }

    /// <summary>Where the run is written.</summary>
    public RunFolder Folder { get; }

    /// <summary>Runs to the job's last step, or until cancelled; either way the state is saved and the run can go on from it.</summary>
    /// <returns>Steps made in all.</returns>
    /// <exception cref="WanLabException">Something the user can mend.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while preparing; what was encoded stays in the cache.</exception>
    public int Run(CancellationToken cancellation)
    {
        Previews.Check(_job);
        LoraAdapter.Select(_model.Config, _job.Target.Modules); // a pattern that fits no layer is told now, not after hours of encoding
        AtomicFile.WriteText(Folder.JobFile, JobWriter.Write(_job));
        var (data, texts) = Preparation.Run(_job, _model, _runtime.CacheFolder, Report, cancellation);
        using var previews = new Previews(_job, _model, Folder, texts, Report, cancellation);
        var experts = new Dictionary<Expert, ExpertTrainer>();
        using var others = new ExpertSource(_model);
        try
        {
            foreach (var expert in _schedule.Trained) experts[expert] = ExpertTrainer.Open(_job, _model, expert);
            SampledExpert Sampled(Expert expert) => experts.TryGetValue(expert, out var e) ? new SampledExpert(e.Model, e.Result) : others.Open(expert);
            var step = _runtime.Resume && File.Exists(Folder.StateFile) ? TrainingState.Load(Folder.StateFile, experts.Values) : 0;
            Folder.TruncateMetrics(step);
            var checkpoints = new Checkpoints(_job, _model, Folder, experts);
            void MakePreviews(int at)
            {
                previews.Make(at, Sampled, cancellation);
                others.Dispose(); // an expert that does not train leaves the device to those that do
            }
            if (step == 0) MakePreviews(0);

            var training = new TrainingStep(_job, data, _runtime.Time);
            var skips = new SkipLimit();
            while (step < _job.Training.Steps && !cancellation.IsCancellationRequested)
            {
                var record = training.Run(step, experts[_schedule.At(step)]);
                step = record.Step;
                Folder.Log(record);
                _runtime.Report(new StepDone(record, _job.Training.Steps));
                if (record.NonFinite is { } cause) Report(new StepSkipped(step, record.Expert, cause));
                if (skips.Add(record) is { Count: > 0 } failed) throw GiveUp(failed, experts);
                if (step % _job.Save.Every == 0) Report(new CheckpointSaved(step, checkpoints.Write(step)));
                MakePreviews(step);
            }

            var stopped = step < _job.Training.Steps;
            Report(new CheckpointSaved(step, stopped ? checkpoints.Write(step) : checkpoints.WriteFinal(step)));
            Report(new RunEnded(step, stopped));
            return step;
        }
        catch (TorchOutOfMemoryException e)
        {
            throw OutOfMemory.Explain(e, _job);
        }
        finally
        {
            foreach (var expert in experts.Values) expert.Dispose();
        }
    }

    // The failed steps changed nothing but their count, so the state before them is the one now.
    private WanLabException GiveUp(IReadOnlyList<StepRecord> failed, Dictionary<Expert, ExpertTrainer> experts)
    {
        foreach (var record in failed) experts[record.Expert].Skipped--;
        TrainingState.Save(Folder.StateFile, failed[0].Step - 1, experts.Values);
        return SkipLimit.Error(failed);
    }

    private void Report(RunEvent happened)
    {
        if (happened is not (PreparationProgress or SamplingProgress)) Folder.Log(happened, _runtime.Time.GetUtcNow());
        _runtime.Report(happened);
    }
}
