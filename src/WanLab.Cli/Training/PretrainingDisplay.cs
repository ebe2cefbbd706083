using Spectre.Console;
using WanLab.Tiny.Pretraining;

namespace WanLab.Cli.Training;

/// <summary>Shows a pretraining: a bar for each phase in a terminal, a line every 20 seconds elsewhere.</summary>
internal sealed class PretrainingDisplay(CliContext context)
{
    private const int LineSeconds = 20;
    private readonly Dictionary<string, (long Start, int From, ProgressTask? Bar)> _phases = [];
    private ProgressContext? _progress;
    private long _lastLine;

    /// <summary>Runs a pretraining and shows what it reports.</summary>
    public void Show(Action<Action<PretrainingProgress>> train)
    {
        if (!context.Out.Profile.Capabilities.Interactive)
        {
            train(OnProgress);
            return;
        }
        context.Out.Progress()
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn())
            .Start(progress =>
            {
                _progress = progress;
                train(OnProgress);
            });
    }

    private void OnProgress(PretrainingProgress p)
    {
        if (!_phases.TryGetValue(p.Phase, out var phase))
            _phases[p.Phase] = phase = (context.Time.GetTimestamp(), p.Done, _progress?.AddTask(p.Phase, maxValue: p.Total));
        var text = Text(p, context.Time.GetElapsedTime(phase.Start), p.Done - phase.From);
        if (phase.Bar is { } bar)
        {
            bar.Description = Markup.Escape(text);
            bar.Value = p.Done;
        }
        else if (p.Done == p.Total || context.Time.GetElapsedTime(_lastLine).TotalSeconds >= LineSeconds)
        {
            _lastLine = context.Time.GetTimestamp();
            context.Out.WriteRaw(text);
        }
    }

    private static string Text(PretrainingProgress p, TimeSpan elapsed, int made)
    {
        var loss = double.IsNaN(p.Loss) ? "" : $"  loss {Numbers.Short(p.Loss)}";
        var done = $"{p.Phase,-8} {p.Done}/{p.Total}{loss}";
        if (made == 0) return done;
        var step = elapsed / made;
        return $"{done}  {Numbers.Short(step.TotalSeconds)} s a step  {Numbers.Duration(step * (p.Total - p.Done))} left";
    }
}
