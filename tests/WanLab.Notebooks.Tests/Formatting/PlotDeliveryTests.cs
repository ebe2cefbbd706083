using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Tests.Formatting;

public sealed class PlotDeliveryTests
{
    private static readonly LineFigure Figure = new() { Title = "t", Lines = [new Line("a", [0, 1], [0, 1], "#000000")] };

    [Fact]
    public void The_script_of_plotly_keeps_its_licence_notice()
    {
        Assert.Contains("Copyright 2012-2026, Plotly, Inc.", PlotScripts.Tags);
        Assert.Contains("Licensed under the MIT license", PlotScripts.Tags);
    }

    [Fact]
    public void The_first_figure_of_a_notebook_brings_plotly_and_no_later_one()
    {
        var settings = new HtmlSettings { Plotly = new PlotDelivery(), Videos = new VideoBudget() };
        var page = new Page([new FigureBlock(Figure)]);
        Assert.Contains("window.Plotly = Plotly", page.ToHtml(settings));
        Assert.DoesNotContain("window.Plotly = Plotly", page.ToHtml(settings));
        Assert.True(page.ToHtml(settings).Length < 20_000);
    }

    [Fact]
    public void A_page_without_figures_leaves_it_to_the_next()
    {
        var settings = new HtmlSettings { Plotly = new PlotDelivery() };
        Assert.DoesNotContain("Plotly", new Page([new Paragraph("text")]).ToHtml(settings));
        Assert.Contains("window.Plotly = Plotly", new Page([new FigureBlock(Figure)]).ToHtml(settings));
    }

    [Fact]
    public void A_cell_of_its_own_always_brings_it()
    {
        var settings = new HtmlSettings { Plotly = new PlotDelivery() };
        Assert.Contains("window.Plotly = Plotly", PlotsReady.ToHtml(settings));
        Assert.DoesNotContain("window.Plotly = Plotly", new Page([new FigureBlock(Figure)]).ToHtml(settings));
        Assert.Contains("window.Plotly = Plotly", PlotsReady.ToHtml(settings));
    }

    [Fact]
    public void Where_the_server_has_the_scripts_each_output_with_figures_only_names_them()
    {
        var settings = new HtmlSettings { Plotly = new PlotDelivery("kernelspecs/k/plots.js") };
        foreach (var html in (string[])[PlotsReady.ToHtml(settings), new Page([new FigureBlock(Figure)]).ToHtml(settings)])
        {
            Assert.Contains("s.src=base+\"kernelspecs/k/plots.js\"", html);
            Assert.True(html.Length < 20_000);
        }
        Assert.DoesNotContain("plots.js", new Page([new Paragraph("text")]).ToHtml(settings));
        Assert.Contains("window.Plotly = Plotly", PlotScripts.Whole());
        Assert.Contains("window.wanlab", PlotScripts.Whole());
    }

    [Fact]
    public void A_still_figure_needs_no_script()
    {
        var html = new Page([new FigureBlock(Figure) { Still = true }]).ToHtml(new HtmlSettings { Plotly = new PlotDelivery() });
        Assert.DoesNotContain("<script", html);
        Assert.Contains("<img alt=\"t\"", html);
    }
}
