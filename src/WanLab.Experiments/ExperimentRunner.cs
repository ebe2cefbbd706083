using WanLab.Models;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Experiments;

/// <summary>The surroundings of an experiment.</summary>
public sealed record ExperimentRuntime
{
    /// <summary>The function that opens the base model of a job.</summary>
    public Func<TrainingJob, BaseModel> Open { get; init; } = job => BaseModel.FromJob(job.Model, Device.Parse(job.Device));

    /// <summary>The folder of encoded clips and captions; trainings with the same data share its entries.</summary>
    public string CacheFolder { get; init; } = WanLab.CacheFolder.Encodings;

    /// <summary>The clock of the runs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called with everything that happens, in order.</summary>
    public Action<ExperimentEvent> Report { get; init; } = _ => { };

    /// <summary>Whether existing runs are deleted and made again.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether a run that misses more than a tenth of its clips may start; receives the question.</summary>
    public Func<string, bool> AllowMissing { get; init; } = _ => false;
}

/// <summary>
/// Makes the trainings of an experiment that do not exist yet. Finished runs are kept, interrupted ones are resumed; a training that fails
/// reports it in its row, and the others are made.
/// </summary>
/// <param name="runtime">The surroundings.</param>
public sealed class ExperimentRunner(ExperimentRuntime runtime)
{
    private static readonly StartRemedies Remedies = new("run the experiment", "run the experiment again", "start over (fresh)");

    /// <summary>Makes the trainings, one after the other.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; everything is saved, and the next call continues.</exception>
    public ExperimentResult Run(Experiment experiment, CancellationToken cancellation)
    {
        var rows = new List<ExperimentRow>();
        foreach (var trial in experiment.Trials())
        {
            cancellation.ThrowIfCancellationRequested();
            var row = Row(trial, cancellation);
            rows.Add(row);
            runtime.Report(new TrialDone(trial, row));
        }
        return ExperimentResult.Of(experiment, rows);
    }

    private ExperimentRow Row(Trial trial, CancellationToken cancellation)
    {
        try
        {
            var job = trial.Job();
            return new ExperimentRow(trial, Train(trial, job, cancellation), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Other trainings, which may take hours, do not depend on this one, so its error must not stop them.
            return new ExperimentRow(trial, null, e is WanLabException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private RunSnapshot Train(Trial trial, TrainingJob job, CancellationToken cancellation)
    {
        var folder = RunFolder.At(job.Output, job.Name);
        if (!runtime.Fresh) RequireSameSettings(folder, job);
        if (runtime.Fresh || !IsFinished(folder, job))
        {
            var model = runtime.Open(job); // before anything is deleted
            var mode = runtime.Fresh ? StartMode.Fresh : folder.HasRun ? StartMode.Resume : StartMode.New;
            folder = RunStart.Folder(job, mode, Remedies);
            var steps = new Trainer(job, model, folder, new TrainerRuntime
            {
                CacheFolder = runtime.CacheFolder,
                Time = runtime.Time,
                Resume = mode == StartMode.Resume,
                AllowMissing = runtime.AllowMissing,
                Report = happened => runtime.Report(new TrialProgress(trial, happened)),
            }).Run(cancellation);
            if (steps < job.Training.Steps)
            {
                cancellation.ThrowIfCancellationRequested();
                throw new WanLabException(
                    $"The run was stopped at step {steps} of {job.Training.Steps}. Run the experiment again to continue it.");
            }
        }
        return RunSnapshot.Finished(RunReader.Open(folder), job);
    }

    // A row trained with other settings than its name says would be worse than no row.
    private static void RequireSameSettings(RunFolder folder, TrainingJob job)
    {
        if (!folder.HasRun || JobOfRun.Read(folder) is not { } made) return;
        var changes = ResumeRules.Changes(made.Yaml, made.File, job)
            .Where(change => !IsPlace(change.Key))
            .ToList();
        if (changes.Count > 0)
            throw new WanLabException($"The run {folder.Path} was made with other settings: {string.Join("; ", changes)}. " +
                "Give the variant or the experiment another name, or start over (fresh), which deletes the run.");
    }

    // Settings that say where things are, not how the adapter is trained.
    private static bool IsPlace(string key) =>
        key is "job.output" or "job.device" or "model.path"
            || (key.StartsWith("datasets.", StringComparison.Ordinal) && key.EndsWith(".path", StringComparison.Ordinal));

    private static bool IsFinished(RunFolder folder, TrainingJob job)
    {
        var schedule = ExpertSchedule.Of(job.Multistage);
        return RunReader.Open(folder).Steps is [.., var last] && last.Step == job.Training.Steps
            && schedule.Trained.All(expert => schedule.StepsOf(expert, last.Step) == 0 || File.Exists(folder.Checkpoint(expert, null)));
    }
}
