using WanLab.Notebooks.Figures;
using WanLab.Runs;

namespace WanLab.Notebooks.Views;

/// <summary>Events in words.</summary>
internal static class EventText
{
    public static string Of(RunEvent happened) => happened switch
    {
        DataReady ready => $"{Numbers.Of(ready.Clips, "clip")} to train on{(ready.LeftOut.Count > 0 ? $", {ready.LeftOut.Count} left out" : "")}; {ready.Encoded} encodings made, {ready.FromCache} from the cache",
        ClipsHeldOut held => $"held out for validation: {string.Join(", ", held.Clips)}",
        RunResumed resumed => $"goes on after step {resumed.Step}{string.Concat(resumed.Changes.Select(change => $"; {change}"))}",
        StepSkipped skipped => $"step {skipped.Step} ({skipped.Expert.Title()}) skipped: {skipped.Cause}",
        CheckpointSaved saved => $"checkpoint of step {saved.Step}: {string.Join(", ", saved.Files.Select(Path.GetFileName))}",
        SampleSaved sample => $"preview of prompt {sample.Prompt} at step {sample.Step}",
        SampleFailed failed => $"the preview of prompt {failed.Prompt} at step {failed.Step} failed: {failed.Message}",
        ValidationDone { Record: var record } => $"validation at step {record.Step}, {record.Expert.Title()}: {Numbers.Signed(record.Difference)} against the base model{(record is { Low: { } low, High: { } high } ? $" [{Numbers.Signed(low)}, {Numbers.Signed(high)}]" : "")}",
        RunPaused paused => $"paused after step {paused.Step}",
        RunContinued continued => $"went on after step {continued.Step}",
        LearningRateChanged changed => $"learning rate after step {changed.Step}: high {Numbers.Short(changed.LearningRate.High)}, low {Numbers.Short(changed.LearningRate.Low)}",
        RunWarning warning => $"warning: {warning.Message}",
        RunEnded { Stopped: true } ended => $"stopped after step {ended.Step}, state saved",
        RunEnded ended => $"finished with step {ended.Step}",
        _ => happened.ToString(),
    };
}
