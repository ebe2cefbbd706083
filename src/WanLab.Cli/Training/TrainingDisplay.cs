using Spectre.Console;
using WanLab.Notebooks.Views;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Cli.Training;

/// <summary>
/// Shows a run in progress: what is being prepared, then step, loss of each expert, pace and time left. A terminal gets
/// bars that move; a file or pipe gets lines.
/// </summary>
internal sealed class TrainingDisplay
{
    private const string Steps = "Training";
    private const int WithBars = 110; // columns; in fewer, bars would take the room of the words
    private readonly CliContext _context;
    private readonly List<StepRecord> _steps = [];
    private readonly RunSnapshot _run; // sees the steps as they come
    private readonly Dictionary<string, ProgressTask> _bars = [];
    private ProgressContext? _progress;
    private int _lastPart = -1;

    public TrainingDisplay(CliContext context, TrainingJob job, RunFolder folder)
    {
        _context = context;
        _run = new RunSnapshot
        {
            Folder = folder,
            Job = job,
            Status = RunStatus.Training,
            Steps = _steps,
            Events = [],
            Samples = [],
            Checkpoints = [],
        };
    }

    /// <summary>Runs <paramref name="train"/> and shows what it reports; returns what it returns.</summary>
    public int Show(Func<Action<RunEvent>, int> train)
    {
        if (!_context.Out.Profile.Capabilities.Interactive) return train(OnEvent);
        return _context.Out.Progress()
            .AutoClear(false)
            .HideCompleted(false)
            .Columns(_context.Out.Profile.Width < WithBars
                ? [new TaskDescriptionColumn { Alignment = Justify.Left }]
                : [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn()])
            .Start(progress =>
            {
                _progress = progress;
                return train(OnEvent);
            });
    }

    private void OnEvent(RunEvent happened)
    {
        foreach (var warning in EventText.Warnings(happened)) Note($"warning: {warning}");
        switch (happened)
        {
            case PreparationProgress stage:
                Advance(stage.Stage, () => EventText.Of(stage), stage.Done, stage.Total);
                break;
            case StepDone done:
                _steps.Add(done.Record);
                Advance(Steps, Course, done.Record.Step, done.TotalSteps);
                break;
            case SamplingProgress sampling:
                if (_progress is not null) Advance(Steps, () => EventText.Of(sampling), null, _run.TotalSteps);
                break;
            case RunWarning or StepSkipped or SampleFailed: // a warning
                break;
            case RunEnded: // the verb says how, and what can be done next
                if (_progress is not null) Advance(Steps, Course, null, _run.TotalSteps);
                break;
            default:
                Line(EventText.Of(happened, from: "."));
                break;
        }
    }

    // What is finished becomes a line above the moving block as soon as something else moves there.
    private void Leave(ProgressContext progress, string stage, ProgressTask bar)
    {
        progress.RemoveTask(bar);
        _bars.Remove(stage);
        Line(Markup.Remove(bar.Description));
    }

    private string Course() => RunView.Course(_run);

    // One bar a stage; where nothing moves, a line at the end of a stage and at every twentieth of the steps.
    private void Advance(string stage, Func<string> text, int? done, int total)
    {
        if (_progress is { } progress)
        {
            var words = Markup.Escape(text());
            if (!_bars.TryGetValue(stage, out var bar))
            {
                _bars[stage] = bar = progress.AddTask(words, maxValue: total);
                var over = _bars.Where(other => other.Key != Steps && other.Key != stage && other.Value.IsFinished).ToList();
                foreach (var (name, finished) in over) Leave(progress, name, finished);
            }
            bar.Description = words;
            if (done is { } value) bar.Value = value;
            return;
        }
        if (done is not { } n || (stage != Steps && n < total)) return;
        var part = HashCode.Combine(stage, n * 20 / total);
        if (part == _lastPart) return;
        _lastPart = part;
        _context.Out.WriteRaw(text());
    }

    // Above the moving bars a line must go through the console that draws them, and cover what stood there.
    private void Line(string text)
    {
        if (_progress is null) _context.Out.WriteRaw(text);
        else _context.Out.Write(Covering(text, Style.Plain));
    }

    private void Note(string text)
    {
        if (_progress is null) _context.Error.WriteNote(text);
        else _context.Out.Write(Covering(text, new Style(Color.Grey)));
    }

    private static Grid Covering(string text, Style style) =>
        new Grid { Expand = true }.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) }).AddRow(new Text(text, style));
}
