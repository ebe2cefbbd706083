using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Notebooks.Views;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Live;

/// <summary>
/// Follows a run in one place of a notebook, at most once a second, until it ends; then the plots come alive. Buttons stand above it
/// where a front end draws them, previews below: renewed only when there are new ones, so that videos are not started over every second.
/// </summary>
internal sealed class LiveDashboard
{
    private const string HowToLook =
        "This kernel does not renew what it shows: `await run` shows how it ended, `run.Show()` how far it is.";

    private const long PreviewBytes = 8L << 20;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly LabRun _run;
    private readonly TimeProvider _time;
    private readonly RunControls? _controls;
    private readonly IShownValue? _buttons;
    private readonly IShownValue _status;
    private readonly IShownValue _previews;
    private (RunStatus, int, int, string?)? _shown;
    private IReadOnlyList<RunSample> _samples = [];

    private LiveDashboard(LabRun run, INotebookOutput output, TimeProvider time)
    {
        (_run, _time) = (run, time);
        var now = run.Snapshot();
        if (output.HasWidgets && !now.HasEnded)
        {
            _controls = new RunControls(run, now);
            _buttons = output.Show(_controls.Box);
        }
        _status = output.Show(Status(run, now, ended: false, hasButtons: _controls is not null));
        _previews = output.Show(Previews(now with { Samples = [] }));
    }

    /// <summary>Shows a run's dashboard and keeps it up to date.</summary>
    /// <returns>Completes when the run has ended and its last state is shown.</returns>
    public static Task Start(LabRun run, INotebookOutput output, TimeProvider time)
    {
        var dashboard = new LiveDashboard(run, output, time);
        // Started by the cell, so that the kernel knows whose output it is, also after the cell's end.
        return Task.Run(dashboard.FollowAsync);
    }

    /// <summary>Shows a run once, as it is now, where a display cannot change.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool ShowOnce(LabRun run, INotebookOutput output)
    {
        var now = run.Snapshot();
        var ended = run.Ended.IsCompleted || now.HasEnded;
        if (now.Steps.Count > 0 || ended) output.Show(Status(run, now, ended, hasButtons: false));
        if (ended) output.Show(Previews(now));
        else output.Show(new Page([new Note(NoteKind.Info, $"{now.Folder.Name} runs. {HowToLook}")]));
        return ended;
    }

    private async Task FollowAsync()
    {
        try
        {
            while (!Renew()) await Task.WhenAny(Task.Delay(Beat, _time), _run.Ended);
        }
        catch (Exception e)
        {
            // Nobody awaits this: what went wrong has to be seen where the dashboard was.
            _status.Update(new Page([new Note(NoteKind.Error,
                $"The dashboard of {_run.Folder} stopped: {e.Message} The run itself is not touched; show it again with run.Show().")]));
        }
    }

    /// <summary>Shows what is new; true if this was the last time.</summary>
    private bool Renew()
    {
        var over = _run.Ended.IsCompleted; // asked before the folder is read, so that nothing is missed
        var now = _run.Snapshot();
        var ended = over || now.HasEnded;
        var state = (now.Status, now.Step, now.Events.Count, now.Stage);
        if (ended || _shown != state)
        {
            _controls?.Update(now, ended);
            _status.Update(Status(_run, now, ended, hasButtons: _controls is not null));
        }
        if (ended && _controls is not null) _buttons!.Update(_controls.Box); // without the calls in words
        if (!_samples.SequenceEqual(now.Samples))
        {
            _samples = now.Samples;
            _previews.Update(Previews(now));
        }
        _shown = state;
        return ended;
    }

    private static LivePage Status(LabRun run, RunSnapshot now, bool ended, bool hasButtons) =>
        new([.. RunView.Live(now, ended, ended ? run.CallsAfterwards(now.Status) : hasButtons ? [] : run.Calls)], RunView.Line(now), ended,
            HtmlSettings.Notebook());

    // A budget of its own for each page: the one before is replaced.
    private static LivePage Previews(RunSnapshot now) =>
        new([.. RunView.PreviewStrip(now)], "", isLast: true, HtmlSettings.Notebook() with { Videos = new VideoBudget(PreviewBytes) });
}
