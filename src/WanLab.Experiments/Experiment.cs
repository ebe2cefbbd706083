namespace WanLab.Experiments;

/// <summary>A question to be answered by training one job with a few settings changed: every variant is trained with every seed.</summary>
/// <example><code>
/// var experiment = new Experiment
/// {
///     Name = "rank",
///     Question = "How much rank does a motion need?",
///     Job = "orbit/job.yaml",
///     Variants = Variant.Each("target.rank", "4", "16", "32"),
///     Seeds = [1, 2, 3],
/// };
/// </code></example>
public record Experiment
{
    /// <summary>The name; also that of the runs' folder below the job's output folder.</summary>
    public required string Name { get; init; }

    /// <summary>The question that the experiment answers.</summary>
    public string Question { get; init; } = "";

    /// <summary>The job that the variants change.</summary>
    public required ExperimentJob Job { get; init; }

    /// <summary>Settings that all variants change, as for <c>--set</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>The trainings that are compared.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>Seeds of each variant's trainings; if empty, there is one training, with the seed of its job.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [];

    /// <summary>The folder of the runs; null means <see cref="Name"/> below the job's output folder.</summary>
    public string? Output { get; init; }

    /// <summary>All trainings, variant by variant, each with its seeds.</summary>
    /// <exception cref="WanLabException">Two trainings would be the same run.</exception>
    internal IReadOnlyList<Trial> Trials()
    {
        List<Trial> trials =
        [
            .. from variant in Variants
               from seed in Seeds.Count == 0 ? [null] : Seeds.Select(seed => (int?)seed)
               select new Trial(this, variant, seed),
        ];
        if (trials.GroupBy(trial => trial.Name).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
            throw new WanLabException(
                $"The experiment {Name} has two runs named {twice}. Give each variant a name of its own, and each seed once.");
        return trials;
    }
}

/// <summary>A set of settings that is compared with those of other variants.</summary>
/// <param name="Name">The name in tables and folder names.</param>
/// <param name="Settings">The changed settings, as for <c>--set</c>.</param>
public sealed record Variant(string Name, params IReadOnlyList<string> Settings)
{
    /// <summary>The settings by their keys.</summary>
    internal IReadOnlyDictionary<string, string> Changes =>
        Settings.Select(setting => setting.Split('=', 2))
            .GroupBy(parts => parts[0].Trim(), parts => parts[^1].Trim())
            .ToDictionary(same => same.Key, same => same.Last());

    /// <summary>Makes a variant for each value of a setting.</summary>
    /// <param name="key">The setting, such as <c>target.rank</c>.</param>
    /// <param name="values">The values, written as in a job file.</param>
    public static IReadOnlyList<Variant> Each(string key, params IReadOnlyList<string> values) => Grid((key, values));

    /// <summary>Makes a variant for each combination of several settings' values; the last setting varies fastest.</summary>
    /// <param name="settings">The settings and their values.</param>
    public static IReadOnlyList<Variant> Grid(params IReadOnlyList<(string Key, IReadOnlyList<string> Values)> settings) =>
        settings.Aggregate((IEnumerable<Variant>)[new Variant("")], (variants, setting) =>
            from variant in variants
            from value in setting.Values
            let part = $"{setting.Key[(setting.Key.LastIndexOf('.') + 1)..]}-{value}"
            select new Variant(variant.Name == "" ? part : $"{variant.Name}-{part}", [.. variant.Settings, $"{setting.Key}={value}"]))
                .ToArray();
}
