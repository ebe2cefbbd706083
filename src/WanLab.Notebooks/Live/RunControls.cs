using System.Net;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Review;
using WanLab.Training;
using WanLab.Widgets;

namespace WanLab.Notebooks.Live;

/// <summary>The buttons of a dashboard. Each press is answered next to them, with what the run says that it did.</summary>
internal sealed class RunControls
{
    private readonly LabRun _run;
    private readonly Button _pause = new("Pause", "Wait after the current step");
    private readonly Button _resume = new("Resume", "Continue training") { IsVisible = false };
    private readonly Button _save = new("Save", "Write a checkpoint now");
    private readonly Button _sample = new("Sample", "Make all previews now");
    private readonly Button _stop = new("Stop", "End the run with its state saved");
    private readonly Button _set = new("Set", "Continue with these learning rates");
    private readonly Dictionary<Expert, RateField> _rates = [];
    private readonly HBox _presses, _learning;
    private readonly Markup _answer = new();

    public RunControls(LabRun run, RunSnapshot now)
    {
        _run = run;
        foreach (var button in (Button[])[_pause, _resume, _save, _sample, _stop]) button.Width = "6.5em";
        _set.Width = "4em";
        On(_pause, "pausing after the current step", run.Pause);
        On(_resume, "continuing", run.Resume);
        On(_save, "saving", run.SaveNow);
        On(_sample, "making previews", run.SampleNow);
        On(_stop, "stopping", run.Stop);
        On(_set, "changing the learning rate", SetRate);
        _presses = new HBox(_pause, _resume, _save, _sample, _stop);
        _learning = new HBox { IsVisible = false };
        Box = new VBox(_presses, _learning, _answer);
        Update(now, ended: false);
    }

    /// <summary>The widgets to show.</summary>
    public VBox Box { get; }

    /// <summary>Shows the buttons that make sense now.</summary>
    public void Update(RunSnapshot now, bool ended)
    {
        if (_presses.IsVisible == ended) _presses.IsVisible = !ended;
        if (ended)
        {
            if (_learning.IsVisible) _learning.IsVisible = false;
            Box.Instead = ("", ""); // the page below says what can be called now
            return;
        }
        var facts = new Facts([("in any cell", string.Join(" · ", _run.Calls))]);
        Box.Instead = (new Page([facts]).ToString(), new Page([facts]).ToHtml());
        Toggle(now.Status == RunStatus.Paused);
        if (now.Job is { } job && _run.IsOwn) ShowRates(job);
    }

    private void Toggle(bool paused)
    {
        if (_pause.IsVisible == paused) _pause.IsVisible = !paused;
        if (_resume.IsVisible != paused) _resume.IsVisible = paused;
    }

    // Once the run's job is known; only the notebook that started the run can change them.
    private void ShowRates(TrainingJob job)
    {
        var rates = job.Training.LearningRate;
        foreach (var (expert, field) in _rates) field.Follow(rates[expert]);
        if (_rates.Count > 0) return;
        var trained = ExpertSchedule.Of(job.Multistage).Trained;
        foreach (var expert in trained)
        {
            var name = trained.Count == 1 ? "learning rate" : expert == Expert.High ? "learning rate: high" : "low";
            _rates[expert] = new RateField(name, rates[expert]);
        }
        _learning.Children = [.. _rates.Values.Select(field => field.Text), _set];
        _learning.IsVisible = true;
    }

    private Task<string> SetRate()
    {
        var job = _run.Snapshot().Job!;
        var rates = job.Training.LearningRate;
        foreach (var (expert, field) in _rates)
        {
            if (field.Typed is not { } rate) continue;
            rates = expert == Expert.High ? rates with { High = rate } : rates with { Low = rate };
        }
        return rates == job.Training.LearningRate
            ? throw new WanLabException("These are the learning rates of now. Type another first.")
            : _run.SetLearningRate(rates);
    }

    private void On(Button button, string doing, Func<Task<string>> ask) => button.OnClick(async () =>
    {
        button.Disabled = true;
        Answer($"{doing} ...", isError: false);
        try
        {
            Answer(await ask(), isError: false);
            if (button == _pause || button == _resume) Toggle(paused: button == _pause);
        }
        catch (WanLabException e)
        {
            Answer(e.Message, isError: true);
        }
        finally
        {
            button.Disabled = false;
        }
    });

    private void Answer(string words, bool isError) =>
        _answer.Value = $"<div style=\"padding:2px 8px;border-left:4px solid {(isError ? "#e53e3e" : "#3182ce")}\">"
            + $"{WebUtility.HtmlEncode(words)}</div>";
}
