using WanLab.Experiments;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Views;
using WanLab.Runs;

namespace WanLab.Notebooks.Live;

/// <summary>
/// Follows an experiment in one place of a notebook, at most once a second: the run that is trained, and the rows made so far.
/// </summary>
internal sealed class ExperimentDashboard
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private readonly Experiment _experiment;
    private readonly TimeProvider _time;
    private readonly IShownValue _place;
    private readonly int _trials;
    private readonly List<ExperimentRow> _rows = [];
    private RunStage _stage = new();
    private (int Done, int Total) _steps;
    private long _shown;

    public ExperimentDashboard(Experiment experiment, INotebookOutput output, TimeProvider time)
    {
        (_experiment, _time, _trials, _shown) = (experiment, time, experiment.Trials().Count, time.GetTimestamp());
        _place = output.Show(Page("starts", []));
    }

    /// <summary>Takes in an event of the experiment.</summary>
    public void Report(ExperimentEvent happened)
    {
        switch (happened)
        {
            case TrialDone done:
                _rows.Add(done.Row);
                (_stage, _steps) = (new RunStage(), default);
                Show(done.Trial, now: true);
                break;
            case TrialProgress { Event: var inRun } progress:
                _stage.Report(inRun);
                if (inRun is StepDone step) _steps = (step.Record.Step, step.TotalSteps);
                Show(progress.Trial, now: false);
                break;
        }
    }

    /// <summary>Shows the experiment's result.</summary>
    public void End(ExperimentResult result) =>
        _place.Update(new LivePage([.. ExperimentView.Of(result)], "", isLast: true, HtmlSettings.Notebook()));

    /// <summary>Shows that the experiment was stopped.</summary>
    public void Stop() =>
        _place.Update(Page("stopped", [new Note(NoteKind.Warning, "Everything is saved. Run the cell again to continue.")]));

    private void Show(Trial trial, bool now)
    {
        if (!now && _time.GetElapsedTime(_shown) < Beat) return;
        _shown = _time.GetTimestamp();
        var words = _stage.Words ?? (_steps.Total > 0 ? $"step {_steps.Done} of {_steps.Total}" : "");
        _place.Update(Page($"{_rows.Count} of {Numbers.Of(_trials, "run")} done{(words == "" ? "" : $"; {trial}: {words}")}",
            _steps.Total > 0 ? [new Progress(_steps.Done, _steps.Total)] : []));
    }

    private LivePage Page(string state, IReadOnlyList<Block> blocks) => new(
        [
            new Heading(_experiment.Name, state), .. blocks,
            .. _rows.Count == 0 ? Array.Empty<Block>() : [ExperimentView.Of(ExperimentResult.Of(_experiment, _rows).Table())],
        ], $"{_experiment.Name}: {state}", isLast: false, HtmlSettings.Notebook());
}
