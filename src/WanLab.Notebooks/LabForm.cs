using System.Net;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Forms;
using WanLab.Notebooks.Views;
using WanLab.Planning;
using WanLab.Runs;
using WanLab.Training;
using WanLab.Widgets;
using WanLab.Yaml;

namespace WanLab.Notebooks;

/// <summary>
/// A job as a form: a panel for each section, a field for each key with its meaning and limits, what is wrong at the field, and what the
/// job costs. It changes nothing on disk until Write is pressed.
/// </summary>
public sealed class LabForm : Box
{
    private const string Comment = "# Written by Lab.Form. A key that is not here has its default; wanlab explain KEY says its meaning.\n";
    private readonly string _base;
    private readonly long? _device;
    private readonly SemaphoreSlim _one = new(1);
    private readonly IReadOnlyList<FormField> _fields;
    private readonly Markup _general = new(), _cost = new(), _answer = new();
    private readonly Text _file;
    private readonly Button _over = new("Write over it") { IsVisible = false };
    private JobReading _reading;
    private string? _asked;
    private int _newest;
    private (string Data, IReadOnlyList<Dataset> Sets)? _scanned;

    internal LabForm(TrainingJob job, double? deviceGib)
        : base("VBoxModel", "VBoxView", [])
    {
        _base = YamlText.Emit(JobForm.Keys.Changes(job));
        _device = deviceGib is { } gib ? (long)(gib * (1L << 30)) : null;
        _reading = new JobReading(job, []);
        _file = new Text("file", $"{job.Name}.yaml") { Width = "100%" };
        var panels = FormPanels.Of(job, UpdateAsync);
        _fields = [.. panels.SelectMany(panel => panel.Fields)];
        var write = new Button("Write", "Write the job to the file");
        write.OnClick(() => Write(over: false));
        _over.OnClick(() => Write(over: true));
        var (choice, panel) = Panels(panels);
        var cost = new VBox(_general, _cost, _file, new HBox(write, _over), _answer);
        // Next to each other where there is room; else what the job costs comes first, as the other may be long.
        var columns = new HBox(panel, cost);
        (string, string)[] places = [("flex_flow", "row wrap-reverse"), ("align_items", "flex-end"), ("justify_content", "space-between")];
        foreach (var (property, value) in places) columns.Place(property, value);
        foreach (var (column, width) in ((VBox, string)[])[(panel, "2 1 380px"), (cost, "1 1 300px")]) column.Place("flex", width);
        cost.Place("margin", "0 0 0 16px");
        Children = [choice, columns];
        var page = new Page([.. JobView.Of(job)]);
        Instead = (page.ToString(), page.ToHtml());
        Update();
    }

    /// <summary>The job with the values of the form.</summary>
    /// <exception cref="WanLabException">A value is wrong; the message lists all that are.</exception>
    public TrainingJob Job => Current().Job
        ?? throw new WanLabException($"The form has errors:\n{string.Join('\n', Current().Errors.Select(Said))}");

    /// <inheritdoc/>
    public override string ToString() => Instead!.Value.Text;

    /// <summary>The fields, for tests.</summary>
    internal IReadOnlyList<FormField> Fields => _fields;

    private static string Said(Problem problem) => problem.Key == "" ? problem.Message : $"{problem.Key}: {problem.Message}";

    // One panel at a time: a hundred fields below each other are no form.
    private static (HBox Choice, VBox Panel) Panels(IReadOnlyList<(string Title, string Meaning, IReadOnlyList<FormField> Fields)> panels)
    {
        var meaning = new Markup();
        var place = new VBox();
        var choice = new Dropdown("panel", [.. panels.Select(panel => panel.Title)], panels[0].Title) { Width = "18em" };
        choice.OnChange(Open);
        Open(panels[0].Title);
        return (new HBox(choice, meaning), place);

        void Open(string title)
        {
            var panel = panels.First(panel => panel.Title == title);
            meaning.Value = $"<span style=\"opacity:0.75\">{WebUtility.HtmlEncode(panel.Meaning)}</span>";
            place.Children = [.. panel.Fields.Select(field => field.Box)];
        }
    }

    private JobReading Current() =>
        JobReader.Parse(_base, "form", [.. _fields.Select(field => field.Change).OfType<string>()]);

    // Several fields may change while a plan is made; only the newest values are looked at.
    private async Task UpdateAsync()
    {
        var mine = Interlocked.Increment(ref _newest);
        await _one.WaitAsync();
        try
        {
            if (mine == Volatile.Read(ref _newest)) Update();
        }
        finally
        {
            _one.Release();
        }
    }

    private void Update()
    {
        _reading = Current();
        foreach (var field in _fields) field.Show(_reading.Problems.Where(problem => problem.Key == field.Path));
        var paths = _fields.Select(field => field.Path).ToHashSet();
        Block[] general = [.. _reading.Problems.Where(problem => !paths.Contains(problem.Key)).Select(problem => new Note(
            problem.Severity == Severity.Error ? NoteKind.Error : NoteKind.Warning, Said(problem)))];
        var errors = _reading.Errors.Count();
        _general.Value = new Page([.. errors == 0 ? [] : new[] { Count(errors) }, .. general]).ToHtml();
        if (_reading.Job is { } job) _cost.Value = new Page([.. Cost(job)]).ToHtml();
        // The cost of values that are wrong would be another job's.
        else _cost.Value = "";
    }

    private Note Count(int errors)
    {
        var keys = _reading.Errors.Select(problem => problem.Key).Where(key => key != "").Distinct();
        return new Note(NoteKind.Error, $"{Numbers.Of(errors, "value")} to correct: {string.Join(", ", keys)}");
    }

    private IEnumerable<Block> Cost(TrainingJob job)
    {
        JobPlan plan;
        try
        {
            plan = Planner.Plan(job, Scan(job), _device);
        }
        catch (WanLabException e)
        {
            return [new Note(NoteKind.Error, e.Message)];
        }
        return
        [
            .. plan.Fits ? [] : new[] { new Note(NoteKind.Error, PlanView.TooLarge(plan)) },
            .. plan.Warnings.Select(warning => new Note(NoteKind.Warning, warning)), .. PlanView.Short(plan),
        ];
    }

    private IReadOnlyList<Dataset> Scan(TrainingJob job)
    {
        var data = string.Join('\n', job.Datasets.Select(options => options.ToString())) + job.TriggerWord
            + string.Join(' ', job.Datasets.SelectMany(options => options.Resolutions));
        if (_scanned is not { } known || known.Data != data) _scanned = known = (data, Lab.Datasets(job));
        return known.Sets;
    }

    private void Write(bool over)
    {
        var asked = over && _asked == _file.Value;
        (_over.IsVisible, _asked) = (false, null);
        try
        {
            var path = Path.GetFullPath(_file.Value);
            var job = Job;
            if (Path.GetFileName(path) == "job.yaml" && RunFolder.At(Path.GetDirectoryName(path)!).IsTaken)
                throw new WanLabException($"{_file.Value} is the job of a run, which resuming it needs. Choose another name.");
            if (Directory.Exists(path)) throw new WanLabException($"{_file.Value} is a folder. Add the name of a file.");
            if (File.Exists(path) && !asked)
            {
                (_over.IsVisible, _asked) = (true, _file.Value);
                Answer(NoteKind.Warning, $"{_file.Value} exists. Write over it, or choose another name.");
                return;
            }
            AtomicFile.WriteText(path, Comment + YamlText.Emit(JobForm.Keys.Changes(job)));
            Answer(NoteKind.Info, $"written: {path}. Lab.Job(\"{_file.Value}\") reads it.");
        }
        catch (Exception e) when (e is WanLabException or ArgumentException)
        {
            Answer(NoteKind.Error, e.Message);
        }
    }

    private void Answer(NoteKind kind, string words) => _answer.Value = new Page([new Note(kind, words)]).ToHtml();
}
