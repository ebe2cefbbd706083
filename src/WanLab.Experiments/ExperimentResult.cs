using WanLab.Models;
using WanLab.Review;
using WanLab.Training;

namespace WanLab.Experiments;

/// <summary>The runs of an experiment in a table.</summary>
[TypeFormatterSource]
public sealed record ExperimentResult
{
    private static readonly (string Name, Func<RunSnapshot, double?> Value)[] Standard =
    [
        .. Experts.All.Select(expert => ($"loss, {expert.Title()}", (Func<RunSnapshot, double?>)(run => run.Loss(expert)))),
        .. Experts.All.Select(expert => ($"held out, {expert.Title()}",
            (Func<RunSnapshot, double?>)(run => run.Validation.LastOrDefault(v => v.Expert == expert)?.Difference))),
        ("steps", run => run.Step),
        ("s a step", run => run.SecondsPerStep),
        ("seconds", run => run.Steps.Sum(step => step.Seconds.Values.Sum())),
    ];

    private ExperimentResult(Experiment experiment, IReadOnlyList<ExperimentRow> rows) => (Experiment, Rows) = (experiment, rows);

    /// <summary>The experiment that was run.</summary>
    public Experiment Experiment { get; }

    /// <summary>The rows, one per training.</summary>
    public IReadOnlyList<ExperimentRow> Rows { get; private init; }

    /// <summary>The names of the measured columns.</summary>
    public IReadOnlyList<string> Measures { get; private init; } = [];

    /// <summary>The settings that differ between runs, such as <c>target.rank</c>.</summary>
    public IReadOnlyList<string> Varied => field ??=
    [
        .. Settings.Values.SelectMany(settings => settings).GroupBy(setting => setting.Key, setting => setting.Value)
            .Where(same => same.Distinct().Count() > 1 && same.Key is not ("job.name" or "job.seed")).Select(same => same.Key),
    ];

    /// <summary>A setting in a row's job. For a job that failed: the variant's value, or null if the variant does not set it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="key">The setting, such as <c>target.rank</c>.</param>
    public string? Setting(ExperimentRow row, string key) => Settings[row.Trial.Name].GetValueOrDefault(key);

    /// <summary>Collects the rows of an experiment and measures smoothed losses, held-out losses and times.</summary>
    public static ExperimentResult Of(Experiment experiment, IReadOnlyList<ExperimentRow> rows) =>
        Standard.Aggregate(new ExperimentResult(experiment, rows), (result, measure) => result.With(measure.Name, measure.Value));

    /// <summary>Adds a column to the result.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="measure">Measures a finished run; returns null if there is nothing to measure.</param>
    public ExperimentResult With(string name, Func<RunSnapshot, double?> measure) => this with
    {
        Measures = [.. Measures.Where(other => other != name), name],
        Rows = [.. Rows.Select(row => row with { Values = Added(row, name, row.Run is { } run ? measure(run) : null) })],
    };

    /// <summary>A table with one row per run: variant, seed, the settings that differ, the measures, and errors.</summary>
    public ResultTable Table() => new ResultTable(
        ["variant", "seed", .. Varied, .. Measures, "error"],
        [.. Rows.Select(row => (IReadOnlyList<object?>)
            [row.Trial.Variant.Name, row.Trial.Seed, .. Varied.Select(key => Setting(row, key)),
                .. Measures.Select(name => (object?)row[name]), row.Error])])
        .WithoutEmptyColumns();

    /// <summary>A table with one row per variant: mean and standard deviation over its seeds.</summary>
    public ResultTable Summary() => new ResultTable(
        ["variant", "runs", .. Measures],
        [.. Experiment.Variants
            .Select(variant => (Variant: variant, Same: Rows.Where(row => row.Trial.Variant == variant).ToList()))
            .Select(rows => (IReadOnlyList<object?>)
            [rows.Variant.Name, rows.Same.Count(row => row.Error is null),
                .. Measures.Select(name => (object?)Spread.Of(rows.Same.Select(row => row[name])))])])
        .WithoutEmptyColumns();

    /// <summary>
    /// An expert's held-out loss minus the base model's, by step, with one line per variant: mean and standard deviation over its
    /// seeds.
    /// </summary>
    public Course HeldOut(Expert expert) => new()
    {
        Title = $"Held-out loss minus the base model's, {expert.Title()}",
        Reference = ("base model", 0),
        Lines =
        [
            .. from row in Rows
               where row.Run is not null
               group row.Run! by row.Trial.Variant.Name into runs
               let records = runs.SelectMany(run => run.Validation).Where(record => record.Expert == expert).ToList()
               where records.Count > 0
               select new CourseLine(runs.Key, [.. records.GroupBy(r => r.Step)
                   .OrderBy(same => same.Key)
                   .Select(same => new CoursePoint(same.Key, Spread.Of(same.Select(r => r.Difference))))]),
        ],
    };

    /// <summary>Writes the result as Markdown: the question, all runs, and the variants' means if there are several seeds.</summary>
    public string ToMarkdown() =>
        (Experiment.Question == "" ? "" : $"{Experiment.Question}\n\n") + Table()
            .ToMarkdown() + (Experiment.Seeds.Count > 1 ? $"\n{Summary().ToMarkdown()}" : "");

    /// <inheritdoc/>
    public override string ToString() => ToMarkdown();

    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings => field ??=
        Rows.ToDictionary(row => row.Trial.Name, row => row.Run is { Job: { } job } ? JobSettings.Of(job) : row.Trial.Variant.Changes);

    private static Dictionary<string, double> Added(ExperimentRow row, string name, double? value)
    {
        var values = new Dictionary<string, double>(row.Values);
        if (value is { } number) values[name] = number;
        else values.Remove(name);
        return values;
    }
}
