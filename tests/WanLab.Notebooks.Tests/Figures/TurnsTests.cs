using System.Text.Json.Nodes;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Review;
using WanLab.Runs;

namespace WanLab.Notebooks.Tests.Figures;

/// <summary>Plots over the steps of two experts that take turns.</summary>
public sealed class TurnsTests
{
    [Fact]
    public void A_line_has_a_gap_where_the_other_expert_has_its_turn()
    {
        var figure = JsonNode.Parse(Run(steps: 40, turn: 10).Loss().ToJson())!;
        var high = figure["data"]![0]!;
        var (x, y) = (high["x"]!.AsArray(), high["y"]!.AsArray());
        Assert.Equal(21, x.Count); // 2 turns of 10 steps, and the gap between them
        Assert.Equal(15.5, x[10]!.GetValue<double>());
        Assert.Null(y[10]);
        Assert.Equal(2, Run(40, 10).Loss().ToSvg().Split("<path ").Length - 1); // a ground for each expert
        Assert.Equal("M0.5,0H10.5V1H0.5Z M20.5,0H30.5V1H20.5Z", figure["layout"]!["shapes"]![0]!["path"]!.GetValue<string>());
        Assert.Equal(Palette.Of(Expert.High), figure["layout"]!["shapes"]![0]!["fillcolor"]!.GetValue<string>());
    }

    [Fact]
    public void In_a_long_run_gaps_wait_until_someone_zooms_in()
    {
        var figure = JsonNode.Parse(Run(steps: 2000, turn: 10).Loss().ToJson())!;
        Assert.DoesNotContain(figure["data"]![0]!["y"]!.AsArray(), value => value is null);
        Assert.False(figure["layout"]!["shapes"]![0]!["visible"]!.GetValue<bool>());
        Assert.Equal(600, figure["detail"]!["width"]!.GetValue<double>()); // 60 turns
        Assert.Equal("[1,1,1,1]", figure["detail"]!["bridged"]!.ToJsonString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Turns_of_a_few_steps_are_drawn_as_one_line(int turn)
    {
        var loss = Run(60, turn).Loss();
        Assert.Empty(loss.Shades);
        Assert.DoesNotContain(JsonNode.Parse(loss.ToJson())!["data"]![0]!["y"]!.AsArray(), value => value is null);
    }

    [Fact]
    public void Hovering_reads_the_measured_line_and_its_smoothed_one()
    {
        var loss = Run(40, 10).Loss();
        Assert.Equal([("high noise", 0, 2), ("low noise", 1, 3)], loss.Readings);
        Assert.Equal("high noise, one step", loss.Lines[0].Name);
        Assert.Equal("low noise", loss.Lines[3].Name);
    }

    [Fact]
    public void A_loss_that_is_not_finite_hides_no_other_in_a_thinned_line()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(k => (double)k)];
        double[] y = [.. x.Select(k => k % 4 == 0 ? double.NaN : k)];
        Assert.Equal(39, Thinning.Of(x, y, 10).Y.Where(double.IsFinite).Max());
        Assert.DoesNotContain(Thinning.Of(x, y, 10).Y, double.IsNaN);
    }

    private static RunFigures Run(int steps, int turn) => new(new RunSnapshot
    {
        Folder = RunFolder.At(".", "turns"),
        Job = null,
        Status = RunStatus.Finished,
        Steps = [.. Enumerable.Range(1, steps).Select(step => new StepRecord
        {
            Step = step,
            Expert = (step - 1) / turn % 2 == 0 ? Expert.High : Expert.Low,
            Loss = 1.0 / step,
            Timesteps = [950],
            LearningRate = 1e-4,
            GradientNorm = 0.5,
            Seconds = new Dictionary<string, double> { ["forward"] = 1 },
            MemoryMib = 100,
        })],
        Events = [],
        Samples = [],
        Checkpoints = [],
    });
}
