using WanLab.Review.Measures;
using WanLab.Tiny.Experiments;

namespace WanLab.Tiny.Tests.Experiments;

public sealed class SummaryTests
{
    [Fact]
    public void A_table_has_the_base_model_first_and_mean_and_spread_of_all_samples()
    {
        var panel = new Panel("flicker", "Flicker", row => row.Flicker, ("clips", () => 0.5));
        var experiment = new ToyExperiment
        {
            Name = "x",
            Job = "job.yaml",
            Variants = [new("a"), new("b")],
            Steps = [200],
            Probes = [],
            Panels = [panel],
        };

        var summary = Summary.Of(experiment, panel,
            [Row("base", 0, 1), Row("base", 0, 3), Row("a", 200, 20), Row("b", 200, 0.25), Row("b", 200, 0.35)]);

        Assert.Equal("""
            | Flicker | base | step 200 |
            | --- | --- | --- |
            | a | 2.00 ± 1.41 | 20.0 ± 0.000 |
            | b | 2.00 ± 1.41 | 0.300 ± 0.071 |

            clips: 0.500

            """, summary.ToMarkdown());
    }

    [Fact]
    public void Samples_that_do_not_count_are_left_out()
    {
        var panel = new Panel("flicker", "Flicker", row => row.Flicker > 5 ? null : row.Flicker);
        var experiment = new ToyExperiment
        {
            Name = "x",
            Job = "job.yaml",
            Variants = [new("a")],
            Steps = [200],
            Probes = [],
            Panels = [panel],
        };

        var line = Assert.Single(Summary.Of(experiment, panel, [Row("base", 0, 1), Row("a", 200, 9), Row("a", 200, 3)]).Lines);

        Assert.Equal([1, 3], line.Points.Select(point => point.Values.Mean));
        Assert.Equal([1, 1], line.Points.Select(point => point.Values.Count));
    }

    [Fact]
    public void Several_seeds_are_shown_together_and_each_on_its_own()
    {
        var panel = new Panel("flicker", "Flicker", row => row.Flicker);
        var experiment = new ToyExperiment
        {
            Name = "x",
            Job = "job.yaml",
            Variants = [new("a")],
            Seeds = [1, 2],
            Steps = [200],
            Probes = [],
            Panels = [panel],
        };

        var lines = Summary.Of(experiment, panel, [Row("base", 0, 1), Row("a", 200, 3), Row("a", 200, 5) with { Seed = 2 }]).Lines;

        Assert.Equal(["a", "a, seed 1", "a, seed 2"], lines.Select(line => line.Name));
        Assert.Equal([4, 3, 5], lines.Select(line => line.Points[^1].Values.Mean));
    }

    private static SampleRow Row(string variant, int step, double flicker)
    {
        var still = new CameraMotionEstimate(0, 0, 0, 0, 0, 0);
        return new SampleRow
        {
            Variant = variant,
            Seed = 1,
            Step = step,
            Probe = "p",
            Noise = 1,
            Frames = 17,
            Camera = still,
            TrueOrbitRate = 1,
            SecondHalf = still,
            Motion = 0,
            Flicker = flicker,
            SharpnessKept = 1,
            Colors = new ColorStatistics(0, 0, 0, 0),
            FirstFrame = 30,
            Truth = 20,
        };
    }
}
