using System.Globalization;
using Spectre.Console;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Cli.Training;

/// <summary>
/// Shows a run while it goes: what is being prepared, then step, loss of each expert, pace and time left. A terminal gets
/// bars that move; a file or pipe gets lines.
/// </summary>
internal sealed class TrainingDisplay(CliContext context, TrainingJob job)
{
    private const double Smoothing = 0.9;
    private readonly Dictionary<Expert, double> _losses = [];
    private readonly Dictionary<string, ProgressTask> _bars = [];
    private readonly PaceMeter _pace = new(context.Time);
    private ProgressContext? _progress;
    private int _lastLine = -1;

    /// <summary>Runs <paramref name="train"/> and shows what it reports; returns what it returns.</summary>
    public int Show(Func<Action<RunEvent>, int> train)
    {
        if (!context.Out.Profile.Capabilities.Interactive) return train(OnEvent);
        return context.Out.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn())
            .Start(progress =>
            {
                _progress = progress;
                return train(OnEvent);
            });
    }

    private void OnEvent(RunEvent happened)
    {
        switch (happened)
        {
            case PreparationProgress p:
                Advance(p.Stage, p.Stage, p.Done, p.Total);
                break;
            case DataReady ready:
                foreach (var problem in ready.LeftOut) Note($"left out: {problem.Message}");
                Line($"{ready.Clips} clips to train on{(ready.LeftOut.Count > 0 ? $", {ready.LeftOut.Count} left out" : "")}; {ready.Encoded} encodings made, {ready.FromCache} from the cache.");
                break;
            case ClipsHeldOut held:
                Line($"Held out for validation, never trained on: {string.Join(", ", held.Clips)}.");
                break;
            case RunResumed resumed:
                Line($"Going on after step {resumed.Step}.");
                foreach (var change in resumed.Changes) Note($"changed: {change}");
                break;
            case ValidationDone validation:
                Line(Validation(validation.Record));
                break;
            case RunPaused paused:
                Line($"paused       after step {paused.Step}");
                break;
            case RunContinued continued:
                Line($"goes on      after step {continued.Step}");
                break;
            case LearningRateChanged changed:
                Line(string.Create(CultureInfo.InvariantCulture, $"learning rate after step {changed.Step}: high {changed.LearningRate.High:0.0e+0}  low {changed.LearningRate.Low:0.0e+0}"));
                break;
            case StepDone step:
                OnStep(step);
                break;
            case SamplingProgress sampling:
                Advance("Training", $"making previews of step {sampling.Step} ({sampling.Done + 1} of {sampling.Total})", null, job.Training.Steps);
                break;
            case SampleSaved sample:
                Line($"preview      {Relative(sample.File)}");
                break;
            case SampleFailed failed:
                Note($"the preview of prompt {failed.Prompt} at step {failed.Step} failed; training goes on. {failed.Message}");
                break;
            case CheckpointSaved checkpoint:
                Line($"checkpoint   {Pair(checkpoint.Files)}");
                break;
            case RunWarning warning:
                Note(warning.Message);
                break;
        }
    }

    private static string Validation(ValidationRecord record)
    {
        var interval = record is { Low: { } low, High: { } high } ? string.Create(CultureInfo.InvariantCulture, $"  [{low:+0.0000;-0.0000}, {high:+0.0000;-0.0000}]") : "";
        return string.Create(CultureInfo.InvariantCulture, $"validation   step {record.Step}  {record.Expert.Name()}  {record.Difference:+0.0000;-0.0000;0.0000} against the base model's {record.BaseLoss:0.0000}{interval}, {record.Clips} {(record.Clips == 1 ? "clip" : "clips")}");
    }

    private void OnStep(StepDone done)
    {
        var record = done.Record;
        _losses[record.Expert] = _losses.TryGetValue(record.Expert, out var before) ? Smoothing * before + (1 - Smoothing) * record.Loss : record.Loss;
        _pace.Add(record.Seconds.Values.Sum());
        var losses = string.Join("  ", Experts.All.Where(_losses.ContainsKey).Select(e => string.Create(CultureInfo.InvariantCulture, $"{(e == Expert.High ? "high" : "low")} {_losses[e]:0.0000}")));
        var pace = string.Create(CultureInfo.InvariantCulture, $"{_pace.SecondsPerStep:0.00} s/step");
        Advance("Training", $"step {record.Step}/{done.TotalSteps}  loss {losses}  {pace}  {_pace.Left(done.TotalSteps - record.Step)} left", record.Step, done.TotalSteps);
    }

    // One bar a stage; where nothing moves, a line at every twentieth of it.
    private void Advance(string stage, string text, int? done, int total)
    {
        if (_progress is { } progress)
        {
            if (!_bars.TryGetValue(stage, out var bar)) _bars[stage] = bar = progress.AddTask(Markup.Escape(text), maxValue: total);
            bar.Description = Markup.Escape(text);
            if (done is { } value) bar.Value = value;
            return;
        }
        if (done is not { } n) return;
        var part = stage == "Training" ? n * 20 / total : n == total ? 20 : 0;
        var line = HashCode.Combine(stage, part);
        if (line == _lastLine || (stage != "Training" && n < total)) return;
        _lastLine = line;
        context.Out.WriteRaw(stage == "Training" ? text : $"{stage}: {n} of {total}");
    }

    // Above the moving bars a line must go through the console that draws them, and cover what stood there.
    private void Line(string text)
    {
        if (_progress is null) context.Out.WriteRaw(text);
        else context.Out.WriteLine(text.PadRight(context.Out.Profile.Width - 1));
    }

    private void Note(string text)
    {
        if (_progress is null) context.Error.WriteNote(text);
        else context.Out.WriteNote(text);
    }

    // .../orbit_000000100_{high,low}_noise.safetensors
    private static string Pair(IReadOnlyList<string> files) =>
        files.Count == 1 ? Relative(files[0]) : Relative(files[0]).Replace("_high_noise.", "_{high,low}_noise.", StringComparison.Ordinal);

    private static string Relative(string file) => Path.GetRelativePath(".", file);
}
