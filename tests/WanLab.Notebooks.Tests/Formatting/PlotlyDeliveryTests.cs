using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Tests.Formatting;

public sealed class PlotlyDeliveryTests
{
    private static readonly LineFigure Figure = new() { Title = "t", Lines = [new Line("a", [0, 1], [0, 1], "#000000")] };

    [Fact]
    public void The_script_of_plotly_keeps_its_licence_notice()
    {
        Assert.Contains("Copyright 2012-2026, Plotly, Inc.", PlotlyScripts.Tags);
        Assert.Contains("Licensed under the MIT license", PlotlyScripts.Tags);
    }

    [Fact]
    public void The_first_figure_of_a_notebook_brings_plotly_and_no_later_one()
    {
        var settings = new HtmlSettings { Plotly = new PlotlyDelivery(), Videos = new VideoBudget() };
        var page = new Page([new FigureBlock(Figure)]);
        Assert.Contains("window.Plotly = Plotly", page.ToHtml(settings));
        Assert.DoesNotContain("window.Plotly = Plotly", page.ToHtml(settings));
        Assert.True(page.ToHtml(settings).Length < 20_000);
    }

    [Fact]
    public void A_page_without_figures_leaves_it_to_the_next()
    {
        var settings = new HtmlSettings { Plotly = new PlotlyDelivery() };
        Assert.DoesNotContain("Plotly", new Page([new Paragraph("text")]).ToHtml(settings));
        Assert.Contains("window.Plotly = Plotly", new Page([new FigureBlock(Figure)]).ToHtml(settings));
    }

    [Fact]
    public void A_cell_of_its_own_always_brings_it()
    {
        var settings = new HtmlSettings { Plotly = new PlotlyDelivery() };
        Assert.Contains("window.Plotly = Plotly", PlotsReady.ToHtml(settings));
        Assert.DoesNotContain("window.Plotly = Plotly", new Page([new FigureBlock(Figure)]).ToHtml(settings));
        Assert.Contains("window.Plotly = Plotly", PlotsReady.ToHtml(settings));
    }

    [Fact]
    public void A_still_figure_needs_no_script()
    {
        var html = new Page([new FigureBlock(Figure) { Still = true }]).ToHtml(new HtmlSettings { Plotly = new PlotlyDelivery() });
        Assert.DoesNotContain("<script", html);
        Assert.Contains("<img alt=\"t\"", html);
    }
}
