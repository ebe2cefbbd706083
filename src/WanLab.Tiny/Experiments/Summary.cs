using System.Globalization;
using System.Text;

namespace WanLab.Tiny.Experiments;

/// <summary>A panel's numbers: mean and spread over probes, noises and seeds, for each variant, length and step.</summary>
[TypeFormatterSource]
public sealed record Summary(Panel Panel, IReadOnlyList<SummaryLine> Lines, double? Reference)
{
    /// <summary>Sums up what was measured. Every line starts with the base model, which is the same for all variants.</summary>
    public static Summary Of(Experiment experiment, Panel panel, IReadOnlyList<SampleRow> rows)
    {
        var lines = from variant in experiment.Variants
                    from frames in experiment.Frames
                    from seed in Seeds(experiment)
                    select new SummaryLine(Name(experiment, variant, frames, seed),
                    [
                        .. from step in experiment.Steps.Prepend(0)
                           let values = Values(rows.Where(row => row.Frames == frames && row.Step == step
                               && (step == 0 || (row.Variant == variant.Name && (seed is null || row.Seed == seed)))), panel)
                           where values.Length > 0
                           select SummaryPoint.Of(step, values),
                    ]);
        return new Summary(panel, [.. lines.Where(line => line.Points.Count > 0)], panel.Reference?.Value());
    }

    /// <summary>As a Markdown table: variants down, steps across.</summary>
    public string ToMarkdown()
    {
        var steps = Lines.SelectMany(line => line.Points).Select(point => point.Step).Distinct().Order().ToList();
        var text = new StringBuilder();
        text.Append("| ").Append(Panel.Title).Append(" | ").AppendJoin(" | ", steps.Select(step => step == 0 ? "base" : $"step {step}")).Append(" |\n");
        text.Append("| --- |").Insert(text.Length, " --- |", steps.Count).Append('\n');
        foreach (var line in Lines)
            text.Append("| ").Append(line.Name).Append(" | ")
                .AppendJoin(" | ", steps.Select(step => line.Points.FirstOrDefault(point => point.Step == step)?.ToString() ?? "")).Append(" |\n");
        if (Reference is { } value) text.Append(CultureInfo.InvariantCulture, $"\n{Panel.Reference!.Value.Name}: {SummaryPoint.Number(value)}\n");
        return text.ToString();
    }

    // All together, and where there are several, each on its own.
    private static IEnumerable<int?> Seeds(Experiment experiment) => experiment.Seeds.Count == 1 ? [null] : [null, .. experiment.Seeds.Select(seed => (int?)seed)];

    private static string Name(Experiment experiment, Variant variant, int frames, int? seed) =>
        variant.Name + (experiment.Frames.Count == 1 ? "" : $", {frames} frames") + (seed is null ? "" : $", seed {seed}");

    private static double[] Values(IEnumerable<SampleRow> rows, Panel panel) => [.. rows.Select(panel.Value).OfType<double>()];
}

/// <summary>A line of a table and figure.</summary>
public sealed record SummaryLine(string Name, IReadOnlyList<SummaryPoint> Points);

/// <summary>Mean and standard deviation of the samples at a step.</summary>
public sealed record SummaryPoint(int Step, double Mean, double Deviation, int Count)
{
    /// <summary>Of one value or more.</summary>
    public static SummaryPoint Of(int step, IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new SummaryPoint(step, mean, Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, values.Count - 1)), values.Count);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Number(Mean)} ± {Number(Deviation)}";

    internal static string Number(double value) => value.ToString(Math.Abs(value) switch { >= 9.95 => "0.0", >= 0.995 => "0.00", _ => "0.000" }, CultureInfo.InvariantCulture);
}
