using WanLab.Models;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Review;

/// <summary>What a run is doing.</summary>
public enum RunStatus
{
    /// <summary>Reads, encodes, opens the model.</summary>
    Preparing,

    /// <summary>Makes steps.</summary>
    Training,

    /// <summary>Waits to be told to go on.</summary>
    Paused,

    /// <summary>Ended before its last step, with its state saved.</summary>
    Stopped,

    /// <summary>Made all its steps.</summary>
    Finished,

    /// <summary>Ended by an error.</summary>
    Failed,

    /// <summary>Was killed, or its process is gone: it can be resumed.</summary>
    Interrupted,
}

/// <summary>A run as it is at one moment.</summary>
[TypeFormatterSource]
public sealed record RunSnapshot
{
    private const int NewestSteps = 50;
    private static readonly string[] BetweenSteps = ["commands", "checkpoint", "previews", "validation"];

    /// <summary>Where it is written.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>Its job; null until its preparation is over.</summary>
    public required TrainingJob? Job { get; init; }

    /// <summary>What it is doing.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The steps made, ascending.</summary>
    public required IReadOnlyList<StepRecord> Steps { get; init; }

    /// <summary>What happened beside steps, in order.</summary>
    public required IReadOnlyList<TimedEvent> Events { get; init; }

    /// <summary>Previews that are there.</summary>
    public required IReadOnlyList<RunSample> Samples { get; init; }

    /// <summary>Adapters that are there.</summary>
    public required IReadOnlyList<RunCheckpoint> Checkpoints { get; init; }

    /// <summary>What it is just at, where that is not a step: "Encoding captions, 3 of 12".</summary>
    public string? Stage { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }

    /// <summary>A run that made all its steps, as it was read.</summary>
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

    /// <summary>Whether no process trains it any more.</summary>
    public bool HasEnded => Status is RunStatus.Stopped or RunStatus.Finished or RunStatus.Failed or RunStatus.Interrupted;

    /// <summary>Steps made.</summary>
    public int Step => Steps.Count == 0 ? 0 : Steps[^1].Step;

    /// <summary>Steps it will have made at its end; 0 while that is not known.</summary>
    public int TotalSteps => Job?.Training.Steps ?? 0;

    /// <summary>Held-out losses, the newest of each step and expert.</summary>
    public IReadOnlyList<ValidationRecord> Validation => RunReader.ValidationsIn(Events);

    /// <summary>What a user should know: warnings, failed previews, skipped steps, files left out.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. Events.Select(e => e.Event).SelectMany(happened => happened switch
        {
            RunWarning warning => [warning.Message],
            SampleFailed failed => [$"the preview of prompt {failed.Prompt} at step {failed.Step} failed: {failed.Message}"],
            StepSkipped skipped => [$"step {skipped.Step} of the {skipped.Expert.Title()} expert was skipped: {skipped.Cause}"],
            DataReady ready => ready.LeftOut.Select(problem => $"left out: {problem.Message}"),
            _ => Enumerable.Empty<string>(),
        }).Distinct(),
    ];

    /// <summary>Seconds that one of the newest steps took on average, without what lies between steps; null before the first.</summary>
    public double? SecondsPerStep => Steps.Count == 0
        ? null
        : Steps.TakeLast(NewestSteps).Average(step => step.Seconds.Where(part => !BetweenSteps.Contains(part.Key)).Sum(part => part.Value));

    /// <summary>Time that the steps still to come will take, previews and validation aside; null where it is not known.</summary>
    public TimeSpan? TimeLeft =>
        SecondsPerStep is { } seconds && TotalSteps > Step ? TimeSpan.FromSeconds(Math.Ceiling(seconds * (TotalSteps - Step))) : null;

    /// <summary>An expert's loss now, smoothed; null before its first step.</summary>
    public double? Loss(Expert expert)
    {
        var losses = Steps.Where(step => step.Expert == expert).Select(step => step.Loss).ToList();
        return losses.Count == 0 ? null : Smoothing.Mean(losses, Smoothing.Span(losses.Count))[^1];
    }
}
