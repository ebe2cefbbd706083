using WanLab.Experiments;

namespace WanLab.Tiny.Experiments;

/// <summary>The numbers of a panel: mean and deviation over probes, noises and seeds, for each variant, length and step.</summary>
public static class Summary
{
    /// <summary>Summarises the samples. Every line starts with the base model, which is the same for all variants.</summary>
    public static Course Of(ToyExperiment experiment, Panel panel, IReadOnlyList<SampleRow> rows)
    {
        var lines = from variant in experiment.Variants
                    from frames in experiment.Frames
                    from seed in Seeds(experiment)
                    select new CourseLine(Name(experiment, variant, frames, seed),
                    [
                        .. from step in experiment.Steps.Prepend(0)
                           let values = Values(rows.Where(row => row.Frames == frames && row.Step == step
                               && (step == 0 || (row.Variant == variant.Name && (seed is null || row.Seed == seed)))), panel)
                           where values.Length > 0
                           select new CoursePoint(step, Spread.Of(values)),
                    ]);
        return new Course
        {
            Title = panel.Title,
            Lines = [.. lines.Where(line => line.Points.Count > 0)],
            Reference = panel.Reference is { } level ? (level.Name, level.Value()) : null,
        };
    }

    // All seeds together and, if there are several, each on its own.
    private static IEnumerable<int?> Seeds(ToyExperiment experiment) =>
        experiment.Seeds.Count == 1 ? [null] : [null, .. experiment.Seeds.Select(seed => (int?)seed)];

    private static string Name(ToyExperiment experiment, Variant variant, int frames, int? seed) =>
        variant.Name + (experiment.Frames.Count == 1 ? "" : $", {frames} frames") + (seed is null ? "" : $", seed {seed}");

    private static double[] Values(IEnumerable<SampleRow> rows, Panel panel) => [.. rows.Select(panel.Value).OfType<double>()];
}
