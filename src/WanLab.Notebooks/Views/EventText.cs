using WanLab.Datasets;
using WanLab.Models;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Views;

/// <summary>Events in words, one line each: the same in a terminal, on a dashboard and in a report.</summary>
internal static class EventText
{
    /// <summary>An event in words.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="from">
    /// A folder from which the files of the event are named, where there is room for it; null shortens names to what differs within a run.
    /// </param>
    public static string Of(RunEvent happened, string? from = null) => happened switch
    {
        PreparationProgress stage => $"{stage.Stage}, {stage.Done} of {stage.Total}",
        DataReady ready => $"{Numbers.Of(ready.Clips, "clip")} to train on{LeftOut(ready)}; "
            + $"{Numbers.Of(ready.Encoded, "encoding")} made, {Numbers.Count(ready.FromCache)} from the cache",
        ClipsHeldOut held => $"held out for validation, never trained on: {string.Join(", ", held.Clips)}",
        RunResumed resumed => $"resumed after step {resumed.Step}{Changes(resumed.Changes)}",
        RunBranched branched => $"begins after step {branched.Step} of {branched.Source}"
            + (branched.Whole ? "" : ", from its adapters alone: the state of that step is no longer kept, so the optimiser starts new")
            + Changes(branched.Changes),
        StepSkipped skipped => $"step {skipped.Step} ({skipped.Expert.Title()}) skipped: {skipped.Cause}",
        CheckpointSaved saved => $"checkpoint of step {saved.Step}{(from is null ? $": {Files(saved.Files)}" : " saved")}",
        SamplingProgress sampling => $"making previews of step {sampling.Step}, {sampling.Done + 1} of {sampling.Total}",
        SampleSaved sample => $"preview of prompt {sample.Prompt} at step {sample.Step}"
            + (from is null ? "" : $": {Path.GetRelativePath(from, sample.File)}"),
        SampleFailed failed => $"the preview of prompt {failed.Prompt} at step {failed.Step} failed, training continues: {failed.Message}",
        ValidationDone { Record: var record } => Validation(record),
        RunPaused paused => $"paused after step {paused.Step}",
        RunContinued continued => $"continued after step {continued.Step}",
        LearningRateChanged changed => $"learning rate after step {changed.Step}: "
            + $"high noise {Numbers.Short(changed.LearningRate.High)}, low noise {Numbers.Short(changed.LearningRate.Low)}",
        RunWarning warning => $"warning: {warning.Message}",
        RunEnded { Stopped: true } ended => $"stopped after step {ended.Step}, state saved",
        RunEnded ended => $"finished with step {ended.Step}",
        _ => happened.ToString(),
    };

    /// <summary>The messages of an event that a user should notice: warnings, failed previews, skipped steps, files left out.</summary>
    public static IEnumerable<string> Warnings(RunEvent happened) => happened switch
    {
        RunWarning warning => [warning.Message],
        SampleFailed or StepSkipped => [Of(happened)],
        DataReady ready => ready.LeftOut.Select(LeftOut),
        _ => [],
    };

    /// <summary>Messages about a run that a user should notice, each once.</summary>
    public static IReadOnlyList<string> Warnings(RunSnapshot run) =>
        [.. run.Problems, .. run.Events.SelectMany(e => Warnings(e.Event)).Distinct()];

    /// <summary>A file that was left out, in words.</summary>
    public static string LeftOut(ClipProblem problem) => $"left out: {problem.Message}";

    private static string Changes(IReadOnlyList<JobChange> changes) => string.Concat(changes.Select(change => $"; changed: {change}"));

    private static string LeftOut(DataReady ready) => ready.LeftOut.Count == 0 ? "" : $", {ready.LeftOut.Count} left out";

    private static string Validation(ValidationRecord record)
    {
        var interval = record is { Lower: { } lower, Upper: { } upper } ? $" [{Numbers.Signed(lower)}, {Numbers.Signed(upper)}]" : "";
        return $"validation at step {record.Step}, {record.Expert.Title()}: {Numbers.Signed(record.Difference)}{interval} "
            + $"against the base model's {Numbers.Short(record.BaseLoss)}, {Numbers.Of(record.Clips, "clip")}";
    }

    // A pair of experts as one name: orbit_000000100_{high,low}_noise.safetensors
    private static string Files(IReadOnlyList<string> files)
    {
        var names = files.Select(file => Path.GetFileName(file)).ToList();
        var pair = names.Count == 2 && names[0].Replace("_high_noise.", "_low_noise.", StringComparison.Ordinal) == names[1];
        return pair ? names[0].Replace("_high_noise.", "_{high,low}_noise.", StringComparison.Ordinal) : string.Join(", ", names);
    }
}
