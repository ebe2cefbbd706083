using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Review;

/// <summary>The status of a run.</summary>
public enum RunStatus
{
    /// <summary>Reads and encodes data, or opens the model.</summary>
    Preparing,

    /// <summary>Trains.</summary>
    Training,

    /// <summary>Waits for the command to continue.</summary>
    Paused,

    /// <summary>Ended before its last step, with its state saved.</summary>
    Stopped,

    /// <summary>Made all steps.</summary>
    Finished,

    /// <summary>Ended by an error.</summary>
    Failed,

    /// <summary>Was killed, or its process is gone: it can be resumed.</summary>
    Interrupted,
}

/// <summary>The state of a run at one moment.</summary>
[TypeFormatterSource]
public sealed record RunSnapshot
{
    private const int NewestSteps = 50;

    // Fast steps vary, so more of them are needed before their average says something.
    private const int FewestSteps = 3, EnoughSteps = 20;
    private const double EnoughSeconds = 5;

    /// <summary>The folder that the run is written to.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The run's job; null until its preparation is complete.</summary>
    public required TrainingJob? Job { get; init; }

    /// <summary>The status of the run.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The steps made, ascending.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>Everything that happened in addition to steps, in order.</summary>
    public required IReadOnlyList<TimedEvent> Events { get; init; }

    /// <summary>Parts of the run's files that could not be read and count as missing, in sentences.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Previews on disk.</summary>
    public required IReadOnlyList<RunSample> Samples { get; init; }

    /// <summary>Adapters on disk.</summary>
    public required IReadOnlyList<RunCheckpoint> Checkpoints { get; init; }

    /// <summary>The current activity between steps, such as "Encoding captions, 3 of 12".</summary>
    public string? Stage { get; init; }

    /// <summary>The parts of that activity that are done; null where that is not known.</summary>
    public (int Done, int Total)? StageShare { get; init; }

    /// <summary>The error that ended the run.</summary>
    public string? Error { get; init; }

    /// <summary>A snapshot of a run that made all its steps.</summary>
    public static RunSnapshot Finished(RunReader run, TrainingJob job) => new()
    {
        Folder = run.Folder,
        Job = job,
        Status = RunStatus.Finished,
        Steps = run.Steps,
        Events = run.Events,
        Samples = run.Samples,
        Checkpoints = run.Checkpoints,
    };

    /// <summary>Whether no process trains the run any more.</summary>
    public bool HasEnded => Status is RunStatus.Stopped or RunStatus.Finished or RunStatus.Failed or RunStatus.Interrupted;

    /// <summary>Number of steps made.</summary>
    public int Step => Steps.Count == 0 ? 0 : Steps[^1].Step;

    /// <summary>Number of steps at the end of the run; 0 if not known yet.</summary>
    public int TotalSteps => Job?.Training.Steps ?? 0;

    /// <summary>Held-out losses, the newest for each step and expert.</summary>
    public IReadOnlyList<ValidationRecord> Validation => RunReader.ValidationsIn(Events);

    /// <summary>
    /// Average seconds of the newest steps, without what comes only now and then: commands and pauses, checkpoints, previews,
    /// validation. Null until it is known. The first step does not count: it also loads and compiles.
    /// </summary>
    public double? SecondsPerStep
    {
        get
        {
            var counted = Steps.Skip(1).TakeLast(NewestSteps).Select(InStep).ToList();
            return counted.Count >= EnoughSteps || (counted.Count >= FewestSteps && counted.Sum() >= EnoughSeconds)
                ? counted.Average() : null;
        }
    }

    /// <summary>Time that the remaining steps will take, without previews and validation; null if unknown.</summary>
    public TimeSpan? TimeLeft =>
        SecondsPerStep is { } seconds && TotalSteps > Step ? TimeSpan.FromSeconds(Math.Ceiling(seconds * (TotalSteps - Step))) : null;

    /// <summary>An expert's smoothed current loss; null before its first step.</summary>
    public double? Loss(Expert expert)
    {
        var losses = Steps.Where(step => step.Expert == expert).Select(step => step.Loss).ToList();
        return losses.Count == 0 ? null : Smoothing.Mean(losses, Smoothing.Span(losses.Count))[^1];
    }

    private static double InStep(StepRecord step) =>
        step.Seconds.Where(part => !StepParts.NowAndThen.Contains(part.Key)).Sum(part => part.Value);
}
