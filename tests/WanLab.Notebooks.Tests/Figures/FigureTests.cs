using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Testing;

namespace WanLab.Notebooks.Tests.Figures;

public sealed class FigureTests
{
    private static readonly LineFigure Lines = new()
    {
        Title = "Loss & <more>",
        XTitle = "step",
        YTitle = "loss",
        CanSwitchLog = true,
        Reference = ("target", 0.25),
        Lines =
        [
            new Line("high", [1, 2, 3, 4], [1, 0.5, double.NaN, 0.25], "#3182ce"),
            new Line("low", [1, 2, 3, 4], [0.9, 0.8, 0.6, 0.3], "#dd6b20", LineStyle.Dots)
            {
                Low = [0.8, null, 0.5, 0.2],
                High = [1, null, 0.7, 0.4],
            },
        ],
    };

    private static readonly BarFigure Bars = new()
    {
        Title = "Timesteps",
        Percent = true,
        Places = ["0-450", "450-900"],
        Series = [new Bars("planned", [0.5, 0.5], "#a0aec0"), new Bars("drawn", [0.25, 0.75], "#3182ce")],
    };

    private static readonly HeatmapFigure Heat = new()
    {
        Title = "Loss by timestep",
        XTitle = "step",
        YTitle = "timestep",
        ValueTitle = "loss",
        Columns = ["1", "11"],
        Rows = ["0", "500"],
        Cells = [[0.5, null], [0.75, 1.0]],
    };

    public static TheoryData<string> Names => [.. Figures.Keys];

    private static Dictionary<string, Figure> Figures => new()
    {
        ["lines"] = Lines,
        ["lines-log"] = Lines with { Log = true },
        ["bars"] = Bars,
        ["bars-stacked"] = Bars with { Stacked = true, Percent = false },
        ["heatmap"] = Heat,
        ["explorer"] = Lab.Timesteps(TimestepType.Shift, TimestepBias.FavorHighNoise),
        ["empty-lines"] = Lines with { Lines = [], Reference = null },
        ["empty-bars"] = Bars with { Places = [], Series = [] },
        ["empty-heatmap"] = Heat with { Rows = [], Columns = [], Cells = [] },
    };

    [Theory, MemberData(nameof(Names))]
    public void A_figure_is_drawn_as_well_formed_svg_like_the_golden_file(string name)
    {
        var svg = Figures[name].ToSvg();
        XDocument.Parse(svg); // well-formed, or browsers show nothing
        Golden.Matches($"figure-{name}.svg", svg);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_figure_in_characters_is_like_the_golden_file(string name) =>
        Golden.Matches($"figure-{name}.txt", Figures[name].ToString());

    [Fact]
    public void A_legend_that_is_too_long_for_one_row_has_several_above_the_plot()
    {
        string[] names = [.. Enumerable.Range(1, 8).Select(k => $"orbit, 17 frames, seed {k}")];
        var svg = XDocument.Parse(
            (Lines with { Lines = [.. names.Select((name, k) => new Line(name, [0, 1], [k, k], Palette.At(k)))] }).ToSvg());
        XNamespace ns = "http://www.w3.org/2000/svg";
        var legend = svg.Descendants(ns + "text")
            .Where(text => names.Contains(text.Value))
            .Select(text => (X: (double)text.Attribute("x")!, Y: (double)text.Attribute("y")!))
            .ToList();
        var plot = svg.Descendants(ns + "polyline")
            .SelectMany(line => ((string)line.Attribute("points")!).Split(' '))
            .Min(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture));

        Assert.Equal(8, legend.Distinct().Count());
        Assert.All(legend, at => Assert.InRange(at.X, 68, 720 - 6.4 * names[0].Length));
        Assert.True(legend.Max(at => at.Y) < plot);
        Assert.True(plot < (double)svg.Root!.Attribute("height")!);
    }

    [Fact]
    public void The_data_and_layout_for_plotly_hold_gaps_axes_and_buttons()
    {
        var figure = JsonNode.Parse(Lines.ToJson())!;
        var high = figure["data"]![0]!;
        Assert.Equal("scatter", high["type"]!.GetValue<string>());
        Assert.Null(high["y"]![2]); // not finite: a gap
        Assert.Equal([1.0, 2, 3, 4], high["x"]!.AsArray().Select(v => v!.GetValue<double>()));
        Assert.Equal(0.1, figure["data"]![1]!["error_y"]!["array"]![0]!.GetValue<double>(), 1e-9);
        Assert.Equal("linear", figure["layout"]!["yaxis"]!["type"]!.GetValue<string>());
        Assert.True(figure["scales"]!.GetValue<bool>());
        Assert.Equal(Lines.Title, figure["title"]!.GetValue<string>());
        Assert.DoesNotContain("<", Lines.ToJson());
        Assert.Equal("stack", JsonNode.Parse((Bars with { Stacked = true }).ToJson())!["layout"]!["barmode"]!.GetValue<string>());
    }

    [Fact]
    public void A_heat_map_is_a_row_of_bars_for_each_row_with_gaps_where_there_is_no_value()
    {
        var figure = JsonNode.Parse(Heat.ToJson())!;
        var rows = figure["data"]!.AsArray();
        Assert.All(rows, row => Assert.Equal("bar", row!["type"]!.GetValue<string>()));
        Assert.Equal([0, 1], rows.Select(row => row!["base"]!.GetValue<int>()));
        Assert.Equal("[1,null]", rows[0]!["y"]!.ToJsonString());
        Assert.Equal("[0.5,null]", rows[0]!["marker"]!["color"]!.ToJsonString());
        Assert.Equal("[0.75,1]", rows[1]!["customdata"]!.ToJsonString());
        // One scale for all rows, and one colour bar.
        Assert.Equal([(0.5, 1.0, true), (0.5, 1.0, false)], rows.Select(row => row!["marker"]!).Select(marker =>
            (marker["cmin"]!.GetValue<double>(), marker["cmax"]!.GetValue<double>(), marker["showscale"]!.GetValue<bool>())));
        Assert.Equal("""["0","500"]""", figure["layout"]!["yaxis"]!["ticktext"]!.ToJsonString());
        Assert.Equal("[0.5,1.5]", figure["layout"]!["yaxis"]!["tickvals"]!.ToJsonString());
    }

    [Fact]
    public void A_heat_map_of_one_value_has_a_scale_with_that_value_in_the_middle()
    {
        var marker = JsonNode.Parse((Heat with { Cells = [[0.5, null], [0.5, 0.5]] }).ToJson())!["data"]![0]!["marker"]!;
        Assert.Equal(0.5, (marker["cmin"]!.GetValue<double>() + marker["cmax"]!.GetValue<double>()) / 2, 1e-9);
    }

    [Fact]
    public void Colours_of_a_heat_map_do_not_stretch_over_less_than_matters()
    {
        var flat = Heat with { Cells = [[0.97, 0.98], [0.975, 0.985]] };
        Assert.Equal(0.197, flat.Range.High - flat.Range.Low, 1e-9); // a fifth of the largest value
        var noise = Heat with { Cells = [[-0.07, 0.1], [0.02, 0.05]], LeastSpan = 4 };
        Assert.Equal((-1.985, 2.015), (Math.Round(noise.Range.Low, 3), Math.Round(noise.Range.High, 3)));
        Assert.Equal((0.5, 1.0), (Heat.Range.Low, Heat.Range.High));
    }

    [Fact]
    public void A_few_cells_of_a_heat_map_have_their_numbers_and_a_hole_is_said()
    {
        var figure = JsonNode.Parse(Heat.ToJson())!;
        Assert.Equal("""["0.5",""]""", figure["data"]![0]!["text"]!.ToJsonString());
        Assert.Contains("grey: no value", figure["layout"]!["xaxis"]!["title"]!["text"]!.GetValue<string>());
        Assert.NotNull(figure["ground"]);
        var many = Heat with
        {
            Rows = [.. Enumerable.Range(0, 20).Select(row => $"{row}")],
            Cells = [.. Enumerable.Repeat(Heat.Cells[1], 20)],
        };
        Assert.Null(JsonNode.Parse(many.ToJson())!["data"]![0]!["text"]);
        Assert.DoesNotContain("no value", many.ToJson());
    }

    [Fact]
    public void An_axis_does_not_make_a_mountain_of_nothing()
    {
        var flat = Lines with { Reference = null, Lines = [new Line("sharpness", [0, 1, 2], [0.945, 0.985, 0.95], "#3182ce")] };
        var range = JsonNode.Parse(flat.ToJson())!["layout"]!["yaxis"]!["range"]!.AsArray().Select(end => end!.GetValue<double>()).ToList();
        Assert.Equal((0.8665, 1.0635), (Math.Round(range[0], 4), Math.Round(range[1], 4)));
        var wide = flat with { Lines = [new Line("loss", [0, 1], [1, 0.5], "#3182ce")] };
        Assert.Null(JsonNode.Parse(wide.ToJson())!["layout"]!["yaxis"]!["range"]);
    }

    [Fact]
    public void Of_many_rows_of_a_heat_map_every_other_has_a_name()
    {
        var many = Heat with
        {
            Rows = [.. Enumerable.Range(0, 20).Select(row => $"{row}")],
            Cells = [.. Enumerable.Repeat(Heat.Cells[0], 20)],
        };
        Assert.Equal(10, JsonNode.Parse(many.ToJson())!["layout"]!["yaxis"]!["ticktext"]!.AsArray().Count);
    }

    [Fact]
    public void The_explorer_has_a_case_for_every_choice()
    {
        var figure = JsonNode.Parse(Lab.Timesteps(boundary: 0.8).ToJson())!;
        string[][] lists =
            [.. figure["choices"]!.AsArray().Select(choice => choice!["values"]!.AsArray().Select(v => v!.GetValue<string>()).ToArray())];
        Assert.Equal(["0.8", "0.875", "0.9", "0.95"], lists[2]);
        foreach (var type in lists[0])
            foreach (var bias in lists[1])
                foreach (var boundary in lists[2])
                {
                    var shown = figure["cases"]![$"{type}|{bias}|{boundary}"]!;
                    Assert.True(shown["data"]!.AsArray().Count >= 2);
                    Assert.Equal($"Timesteps: {type}, {bias}, boundary {boundary}", shown["title"]!.GetValue<string>());
                    Assert.Equal($"training.timestep_type: {type}   training.timestep_bias: {bias}   multistage.boundary: {boundary}",
                        shown["setting"]!.GetValue<string>());
                    // A ground for each expert, and the boundary between them.
                    Assert.Equal(["path", "path", "line"], shown["shapes"]!.AsArray().Select(shape => shape!["type"]!.GetValue<string>()));
                    Assert.Equal($"boundary {boundary}", shown["shapes"]![2]!["label"]!["text"]!.GetValue<string>());
                }
    }

    [Fact]
    public void The_settings_that_the_explorer_writes_are_keys_of_a_job()
    {
        var settings = TimestepExplorer.Settings(TimestepType.Sigmoid, TimestepBias.FavorLowNoise, 0.8).Split("   ");
        var job = Jobs.JobReader.Parse(
            "training: {timestep_type: sigmoid, timestep_bias: favor_low_noise}\nmultistage: {boundary: 0.8}\n", "a.yaml");
        Assert.Equal(["training.timestep_type: sigmoid", "training.timestep_bias: favor_low_noise", "multistage.boundary: 0.8"], settings);
        Assert.DoesNotContain(job.Problems,
            problem => settings.Any(setting => setting.StartsWith(problem.Key + ":", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(TimestepType.Linear, TimestepBias.Balanced)]
    [InlineData(TimestepType.Sigmoid, TimestepBias.FavorLowNoise)]
    [InlineData(TimestepType.Shift, TimestepBias.FavorHighNoise)]
    public void The_explorer_shows_densities(TimestepType type, TimestepBias bias)
    {
        foreach (var line in Lab.Timesteps().Of(type, bias, 0.9).Lines)
        {
            // The whole of an expert's draws: percent per timestep, times the width of a point.
            var width = line.X[1] - line.X[0];
            Assert.Equal(100, line.Y.Sum() * width, 1e-6);
        }
    }

    [Fact]
    public void An_expert_has_one_colour_everywhere() => Assert.Equal(2, Experts.All.Select(Palette.Of).Distinct().Count());
}
