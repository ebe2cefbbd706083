using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Runs;
using WanLab.Runs.Control;
using WanLab.Runs.TensorBoard;
using WanLab.Training.Validation;

namespace WanLab.Training;

/// <summary>Everything a trainer needs in addition to its job.</summary>
internal sealed record TrainerRuntime
{
    /// <summary>Folder of encoded clips and captions, shared between runs.</summary>
    public string CacheFolder { get; init; } = WanLab.CacheFolder.Encodings;

    /// <summary>Receives everything that happens, in order, one call at a time.</summary>
    public Action<RunEvent> Report { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether to continue from the saved state. A run that was stopped while preparing starts from step 0.</summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Number of threads of a model on a CPU; null means those of the run so far, and for a new one, by the model's size. The
    /// number is part of a run: another one gives other last bits.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Whether a run that misses more than a tenth of its clips may start; receives the question.</summary>
    public Func<string, bool> AllowMissing { get; init; } = _ => false;

    /// <summary>Controls the run while it is running.</summary>
    public RunControl Control { get; init; } = new();
}

/// <summary>Trains a job: prepares the data, steps, writes checkpoints and previews, and saves its state when it stops.</summary>
internal sealed class Trainer
{
    private TrainingJob _job; // its learning rate can be changed during the run
    private readonly BaseModel _model;
    private readonly TrainerRuntime _runtime;
    private readonly ExpertSchedule _schedule;

    /// <summary>A trainer for a checked job, in a run folder.</summary>
    public Trainer(TrainingJob job, BaseModel model, RunFolder folder, TrainerRuntime runtime)
    {
        _job = job;
        _model = model.WithPacking(Offloading.Of(job.Model, model.Device, WeightQuantization.Of(job.Quantization)));
        Folder = folder;
        _runtime = job.Logging.TensorBoard
            ? runtime with { Report = runtime.Report + new TensorBoardLog(folder.Path, runtime.Time).Report }
            : runtime;
        _schedule = ExpertSchedule.Of(job.Multistage);
    }

    /// <summary>The folder that the run is written to.</summary>
    public RunFolder Folder { get; }

    /// <summary>Runs to the job's last step, or until cancelled. In both cases the state is saved, and the run can be resumed.</summary>
    /// <returns>Number of steps made in total.</returns>
    /// <exception cref="WanLabException">Something is wrong that the user can correct.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while preparing; what was encoded stays in the cache.</exception>
    public int Run(CancellationToken cancellation)
    {
        if (_runtime.Resume && RunStart.NothingLeft(Folder, _job) is { } nothing)
        {
            _runtime.Report(new RunWarning(nothing)); // not into the run's own log: nothing of the run is touched
            return Folder.States.NewestStep!.Value;
        }
        Previews.Check(_job);
        LoraAdapter.Select(_model.Config, _job.Target.Modules); // report unmatched patterns now, before hours of encoding
        ModelCheck.Require(_job.Model);
        using var claim = Folder.Claim();
        Folder.Control.Clear();
        foreach (var damage in Folder.Repair()) Warn(damage);
        var state = _runtime.Resume ? StateToContinueFrom() : null;
        Runtime.Threads = ThreadsOf(state);
        var before = _runtime.Resume ? JobOfRun.Read(Folder) : null;
        var changes = before is null ? [] : ResumeRules.Check(before.Yaml, before.File, _job);
        if (before is null && state is not null)
            Warn($"{Folder.JobFile} is missing or damaged, and no checkpoint holds a copy, so it cannot be checked whether the job " +
                "changed.");
        if (before is null)
        {
            if (_runtime.Resume) JobOfRun.SetAside(Folder);
            WriteJob(); // a run that is killed while it prepares can then be resumed
        }
        var recorded = _runtime.Resume ? DataRecord.Read(Folder.DataFile, Warn) : null;
        // Whoever started the run agreed to what it misses.
        Action<int, IReadOnlyList<ClipProblem>>? missing = recorded is null ? new MissingClips(_runtime.AllowMissing).Ask : null;
        using var prepared = Preparation.Run(_job, _model, _runtime.CacheFolder, Report, cancellation, missing);
        var (data, texts, heldOut, record) = prepared;
        // Version 0.1.0 recorded the cached windows of native clips, not the clips.
        if (recorded?.IsSame(prepared.EarlierRecord()) != true) recorded?.RequireSame(record);
        record.Write(Folder.DataFile);
        if (before?.Warning is { } damaged)
        {
            Warn(damaged);
            JobOfRun.SetAside(Folder);
        }
        WriteJob();

        foreach (var warning in JobWarnings.Of(_job, _model.Config, _model.Device.IsCpu)) Report(new RunWarning(warning));
        using var previews = new Previews(_job, _model, Folder, texts, Report, cancellation);
        var validator = new Validator(_job, _model, Folder, heldOut, texts, _runtime.Time);
        try
        {
            var started = DateOnly.FromDateTime(_runtime.Time.GetUtcNow().UtcDateTime);
            using var experts = new TrainedExperts(_job, _model, _schedule.Trained);
            var step = state is null ? 0 : TrainingState.Load(state, experts.All);
            if (_runtime.Resume) Report(new RunResumed(step, changes));
            foreach (var damage in Folder.TruncateMetrics(step)) Warn(damage);
            var checkpoints = new Checkpoints(_job, _model, Folder, experts.All, started);
            var clock = new PartClock(_runtime.Time);
            void Save(int at)
            {
                Report(new CheckpointSaved(at, checkpoints.Write(at)));
                clock.Lap(StepParts.Checkpoint);
            }
            void MakePreviews(int at, bool all = false, StepHistory? made = null)
            {
                if (previews.Make(at, experts.Sample, cancellation, all, made)) clock.Lap(StepParts.Previews);
                experts.EndSampling();
            }
            void MakeValidation(int at, StepHistory? made = null)
            {
                if (!validator.IsDue(at)) return;
                Validate(validator, at, experts, made, cancellation);
                clock.Lap(StepParts.Validation);
            }
            var commands = new CommandLoop(_runtime.Control, Folder.Control, Report)
            {
                Save = at =>
                {
                    Save(at);
                    if (at > 0) Folder.Pin(at); // whoever asks for a checkpoint wants to keep it
                },
                Sample = at => MakePreviews(at, all: true),
                SetLearningRate = (at, rate) => SetLearningRate(at, rate, experts.All, checkpoints),
            };
            // A run that was stopped behind its checkpoint still owes what was due at that step; a new one, the base model's previews.
            var made = _runtime.Resume ? StepHistory.Of(Folder, step) : null;
            MakePreviews(step, made: made);
            if (step > 0) MakeValidation(step, made);
            if (_runtime.Resume && RunStart.Finished(Folder, _job, step) is { } finished)
            {
                _runtime.Report(new RunWarning(finished));
                return step;
            }
            if (state is null && !cancellation.IsCancellationRequested)
            {
                checkpoints.SaveState(0); // from the first step on there is always a state; if none is left, it was lost
                clock.Lap(StepParts.Checkpoint);
            }

            var training = new TrainingStep(_job, data, _runtime.Time);
            var skips = new SkipLimit();
            while (step < _job.Training.Steps && !cancellation.IsCancellationRequested && commands.Obey(step, cancellation))
            {
                if (cancellation.IsCancellationRequested) break; // while it was paused
                clock.Lap(StepParts.Commands);
                var expert = experts.Open(_schedule.At(step), clock);
                var done = training.Run(step, expert, clock);
                clock = clock.Next();
                step = done.Step;
                Folder.Log(done);
                _runtime.Report(new StepDone(done, _job.Training.Steps));
                clock.Lap(StepParts.Log);
                if (done.NonFinite is { } cause) Report(new StepSkipped(step, done.Expert, cause));
                if (skips.Add(done) is { Count: > 0 } failed) throw GiveUp(failed, experts, checkpoints);
                if (step % _job.Save.Every == 0) Save(step);
                MakePreviews(step);
                MakeValidation(step);
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
    }

    /// <exception cref="WanLabException">There is none, although steps were made: starting at 0 would throw them away.</exception>
    private string? StateToContinueFrom()
    {
        if (Folder.States.Newest(Warn, TrainingState.Is) is { } state) return state;
        if (!Folder.HasRun) return null;
        throw new WanLabException($"{Folder.Path}: there is no undamaged saved state to continue from, although this run made steps. " +
            "Its checkpoints remain usable: copy what you want to keep, and start over (fresh), which deletes the run, or give " +
            "the job another name.");
    }

    private int ThreadsOf(string? state)
    {
        var usual = _runtime.Threads ?? RunStart.Threads(_model);
        if (state is null) return usual;
        var before = TrainingState.ThreadsOf(state);
        if (!_model.Device.IsCpu) return _runtime.Threads ?? before ?? usual;
        if (before is null)
            Warn($"The saved state does not say how many threads the run used; it continues with {usual}. With another number " +
                "than before, the last bits differ.");
        else if (_runtime.Threads is { } wanted && wanted != before)
            Warn($"The run was made with --threads {before} so far and continues with {wanted}, so the last bits differ from those " +
                "of a run that was not stopped.");
        return _runtime.Threads ?? before ?? usual;
    }

    private void WriteJob() => AtomicFile.WriteText(Folder.JobFile, JobWriter.Write(_job));

    private void Warn(string message) => Report(new RunWarning(message));

    private void Validate(Validator validator, int step, TrainedExperts experts, StepHistory? made, CancellationToken cancellation)
    {
        try
        {
            foreach (var expert in _schedule.Trained.Where(expert => made?.Measured(expert) != true))
                Report(new ValidationDone(validator.Run(step, experts.Open(expert), cancellation)));
        }
        catch (OperationCanceledException)
        {
            // The run is being stopped; the loop notices that next.
        }
    }

    // The state is saved with the new rate in job.yaml, so that a resumed run does not return to the old one.
    private void SetLearningRate(int step, PerExpert rate, IEnumerable<ExpertTrainer> experts, Checkpoints checkpoints)
    {
        foreach (var expert in experts) expert.LearningRate = rate[expert.Expert];
        _job = checkpoints.Job = _job with { Training = _job.Training with { LearningRate = rate } };
        WriteJob();
        checkpoints.SaveState(step);
        Report(new LearningRateChanged(step, rate));
    }

    // The failed steps changed only their count, so the current state is the one before them.
    private static WanLabException GiveUp(IReadOnlyList<StepRecord> failed, TrainedExperts experts, Checkpoints checkpoints)
    {
        foreach (var record in failed) experts.All.Single(e => e.Expert == record.Expert).Skipped--;
        checkpoints.SaveState(failed[0].Step - 1);
        return SkipLimit.Error(failed);
    }

    private void Report(RunEvent happened)
    {
        if (happened is not (PreparationProgress or SamplingProgress)) Folder.Log(happened, _runtime.Time.GetUtcNow());
        _runtime.Report(happened);
    }
}
