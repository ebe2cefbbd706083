using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deedle;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Plotly;

namespace WanLab.Notebooks.Tests.Formatting;

/// <summary>What other libraries' tables and charts look like in a kernel.</summary>
public sealed partial class KernelFormattersTests
{
    private static readonly DataFrame Data = new(
        new StringDataFrameColumn("run", Enumerable.Range(1, 25).Select(k => $"<{k}>")),
        new DoubleDataFrameColumn("loss", Enumerable.Range(1, 25).Select(k => 1.0 / k)));

    private static readonly LineFigure Figure = new()
    {
        Title = "Loss",
        Lines = [new Line("a", [1, 2, 3], [0.5, double.NaN, 0.25], Palette.At(0))],
    };

    public KernelFormattersTests()
    {
        _ = Formatter.DefaultMimeType; // loads it, as a kernel has
        KernelFormatters.Register();
    }

    [Fact]
    public void A_data_frame_is_a_table_of_its_first_rows()
    {
        var html = Data.ToDisplayString("text/html");
        Assert.Contains("<th", html);
        Assert.Contains("&lt;20&gt;", html);
        Assert.DoesNotContain("21", html);
        Assert.Contains("and 5 more rows", html);
        Assert.Contains("0.3333", html);
        Assert.StartsWith("  run     loss\n", Data.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_frame_of_Deedle_is_a_table_with_its_keys_and_gaps()
    {
        var frame = Frame.FromColumns([
            KeyValue.Create("loss", new SeriesBuilder<int, double> { { 4, 0.25 }, { 16, 0.125 } }.Series),
            KeyValue.Create("orbit", new SeriesBuilder<int, double> { { 16, 15.5 } }.Series)]);
        Assert.Equal("       loss  orbit\n  --  -----  -----\n   4  0.250\n  16  0.125   15.5\n", frame.ToDisplayString("text/plain"));
        Assert.Contains("<table", frame.ToDisplayString("text/html"));
        Assert.True(frame.ToDisplayString("text/html").Length < 3000);
    }

    [Fact]
    public void A_chart_of_Plotly_NET_is_drawn_by_the_script_that_the_notebook_has()
    {
        var chart = Figure.ToChart();
        var html = chart.ToDisplayString("text/html");
        Assert.Contains("window.wanlab.draw", html);
        Assert.DoesNotContain("https://", html[html.LastIndexOf("<script>", StringComparison.Ordinal)..]);
        Assert.Equal("chart of Plotly.NET: 1 trace (scatter)\n", chart.ToDisplayString("text/plain"));
    }

    [Fact]
    public void A_chart_of_a_kind_that_the_script_does_not_know_is_left_to_Plotly_NET()
    {
        var html = global::Plotly.NET.CSharp.Chart.Heatmap<int, int, int, string>([[1, 2], [3, 4]]).ToDisplayString("text/html");
        Assert.Contains("heatmap", html);
        Assert.DoesNotContain("wanlab", html);
    }

    [Theory]
    [InlineData("line"), InlineData("bars"), InlineData("heat"), InlineData("explorer")]
    public void A_figure_as_a_chart_holds_the_same_data(string name)
    {
        Figure figure = name switch
        {
            "line" => Figure,
            "bars" => new BarFigure { Title = "t", Places = ["0", "1"], Series = [new Bars("a", [0.5, 1], Palette.At(1))] },
            "heat" => new HeatmapFigure { Title = "t", ValueTitle = "v", Columns = ["1", "2"], Rows = ["0"], Cells = [[null, 0.5]] },
            _ => Lab.Timesteps(),
        };
        var html = global::Plotly.NET.GenericChart.toChartHTML(figure.ToChart());
        var data = JsonNode.Parse(DataInPage().Match(html).Groups[1].Value);
        Assert.True(JsonNode.DeepEquals(figure.ToPlotly()["data"], data), data?.ToJsonString());
        var layout = JsonNode.Parse(LayoutInPage().Match(html).Groups[1].Value)!;
        Assert.Equal(figure.ToPlotly()["layout"]!["title"]!["text"]!.ToString(), layout["title"]!["text"]!.ToString());
    }

    [Fact]
    public void Types_that_WanLab_shows_are_known()
    {
        Type[] types = [typeof(DataFrame), typeof(Frame<int, string>), Figure.ToChart().GetType(), typeof(LineFigure), typeof(Table)];
        Assert.All(types, type => Assert.True(KernelFormatters.Shows(type)));
        Assert.False(KernelFormatters.Shows(typeof(List<int>)));
    }

    [GeneratedRegex(@"var data = (\[.*?\]);\s*var layout", RegexOptions.Singleline)]
    private static partial Regex DataInPage();

    [GeneratedRegex(@"var layout = (\{.*?\});\s*var config", RegexOptions.Singleline)]
    private static partial Regex LayoutInPage();
}
