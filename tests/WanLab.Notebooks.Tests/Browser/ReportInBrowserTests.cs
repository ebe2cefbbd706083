using System.Globalization;
using Microsoft.Playwright;
using WanLab.Models;
using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Tests.Browser;

/// <summary>A report in a real browser: what moves, what stays without scripts, and that nothing is fetched.</summary>
public sealed class ReportInBrowserTests(ReportInBrowser browser) : IClassFixture<ReportInBrowser>
{
    [Fact]
    public async Task It_draws_without_errors_and_fetches_nothing()
    {
        await using var report = await browser.OpenAsync();
        Assert.Equal(9, await report.Page.Locator(".js-plotly-plot").CountAsync()); // 8 plots, and one for each expert's timesteps
        Assert.Equal(0, await report.Page.Locator("img[src^='data:image/svg']:visible").CountAsync()); // the pictures below have given way
        Assert.Empty(report.Complaints);
        Assert.All(report.Requests, address => Assert.StartsWith("file:", address.Replace("data:", "file:").Replace("blob:", "file:")));
    }

    [Fact]
    public async Task Hovering_says_what_was_measured_at_that_step_and_whose_turn_it_was_not()
    {
        await using var report = await browser.OpenAsync();
        var plot = report.Page.Locator(".js-plotly-plot").First;
        await plot.ScrollIntoViewIfNeededAsync();
        var area = (await plot.Locator(".nsewdrag").First.BoundingBoxAsync())!;
        await report.Page.Mouse.MoveAsync(area.X + area.Width / 2 - 30, area.Y + area.Height / 2 - 30);
        await report.Page.Mouse.MoveAsync(area.X + area.Width / 2, area.Y + area.Height / 2, new() { Steps = 8 });
        await plot.Locator(".hoverlayer .hovertext").First.WaitForAsync();
        var said = string.Concat(await plot.Locator(".hoverlayer .hovertext").AllTextContentsAsync());
        Assert.Matches("step [0-9]+.*(high|low) noise [0-9.]+ \\(smoothed [0-9.]+\\)", said);
        Assert.Matches("noise not its turn \\(0\\.[0-9]{1,3} at [0-9]+\\)", said);
        Assert.DoesNotMatch("[0-9]\\.[0-9]{5}", said);
    }

    [Fact]
    public async Task A_button_changes_the_scale_and_shows_which_is_on()
    {
        await using var report = await browser.OpenAsync();
        const string scale = "document.querySelector('.js-plotly-plot')._fullLayout.yaxis.type";
        Assert.Equal("linear", await report.Page.EvaluateAsync<string>(scale));
        var (linear, log) = (report.Page.GetByLabel("linear scale").First, report.Page.GetByLabel("log scale").First);
        Assert.Equal("true", await linear.GetAttributeAsync("aria-pressed"));
        await log.ClickAsync();
        await report.Page.WaitForFunctionAsync($"() => {scale} === 'log'");
        Assert.Equal(("false", "true"), (await linear.GetAttributeAsync("aria-pressed"), await log.GetAttributeAsync("aria-pressed")));
    }

    [Fact]
    public async Task Zooming_in_and_back_shows_everything_again()
    {
        await using var report = await browser.OpenAsync();
        const string width = "(r => r[1] - r[0])(document.querySelector('.js-plotly-plot')._fullLayout.xaxis.range)";
        var whole = await report.Page.EvaluateAsync<double>(width);
        await report.Page.GetByLabel("zoom in").First.ClickAsync();
        await report.Page.WaitForFunctionAsync($"() => Math.abs({width} - {whole.ToString(CultureInfo.InvariantCulture)} / 2) < 1e-6");
        await report.Page.GetByLabel("show everything").First.ClickAsync();
        await report.Page.WaitForFunctionAsync($"() => Math.abs({width} - {whole.ToString(CultureInfo.InvariantCulture)}) < 1e-6");
        Assert.Empty(report.Complaints);
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(400)]
    public async Task Titles_are_whole_and_nothing_lies_on_them(int width)
    {
        await using var report = await browser.OpenAsync();
        await report.Page.SetViewportSizeAsync(width, 900);
        await report.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
        const string laps = """
            bars => bars.filter(bar => {
              const [title, tools] = [...bar.children].map(part => part.getBoundingClientRect());
              const plot = bar.parentNode.querySelector('svg');
              const apart = title.right <= tools.left + 1 || title.bottom <= tools.top + 1;
              const whole = bar.firstChild.scrollWidth <= bar.firstChild.clientWidth + 1 && title.right <= innerWidth;
              return !apart || !whole || plot.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1;
            }).length
            """;
        Assert.Equal(9, await report.Page.Locator(".wanlab-bar").CountAsync());
        Assert.Equal(0, await report.Page.Locator(".wanlab-bar").EvaluateAllAsync<int>(laps));
    }

    [Fact]
    public async Task Text_of_plots_follows_a_theme_that_changes_after_drawing()
    {
        await using var report = await browser.OpenAsync();
        const string color = "getComputedStyle(document.querySelector('.js-plotly-plot .xtick text')).fill";
        Assert.Equal("rgb(26, 32, 44)", await report.Page.EvaluateAsync<string>(color));
        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await report.Page.WaitForFunctionAsync($"() => {color} === 'rgb(226, 232, 240)'");
        await report.Page.EvaluateAsync("document.body.style.color = 'rgb(1, 2, 3)'"); // as a notebook's own theme does
        await report.Page.WaitForFunctionAsync($"() => {color} === 'rgb(1, 2, 3)'");
    }

    [Fact]
    public async Task A_heat_map_says_what_lies_under_the_mouse_and_nothing_over_a_gap()
    {
        await using var shown = await browser.OpenAsync(new HeatmapFigure
        {
            Title = "Loss by timestep",
            XTitle = "step",
            YTitle = "timestep",
            ValueTitle = "loss",
            Columns = ["1", "11"],
            Rows = ["0", "500"],
            Cells = [[0.5, null], [0.75, 1.0]],
        });
        var plot = shown.Page.Locator(".js-plotly-plot");
        var area = (await plot.Locator(".nsewdrag").First.BoundingBoxAsync())!;
        await PointAsync(0.25, 0.25); // from the left, from above
        await plot.Locator(".hoverlayer .hovertext").WaitForAsync();
        Assert.Equal("step: 1timestep: 500loss: 0.75", await plot.Locator(".hoverlayer").TextContentAsync());
        await PointAsync(0.75, 0.75);
        await plot.Locator(".hoverlayer .hovertext").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        const string drawn = "bars => bars.filter(b => b.getBBox().height > 10).length";
        Assert.Equal(3, await plot.Locator(".barlayer .point path").EvaluateAllAsync<int>(drawn));
        Assert.Equal(1, await plot.Locator(".colorbar").CountAsync());
        Assert.Empty(shown.Complaints);

        async Task PointAsync(double x, double y)
        {
            await shown.Page.Mouse.MoveAsync((float)(area.X + area.Width * x - 20), (float)(area.Y + area.Height * y - 20));
            await shown.Page.Mouse.MoveAsync((float)(area.X + area.Width * x), (float)(area.Y + area.Height * y), new() { Steps = 8 });
        }
    }

    [Fact]
    public async Task A_legend_of_many_names_leaves_the_title_free()
    {
        await using var shown = await browser.OpenAsync(new LineFigure
        {
            Title = "Many lines",
            Lines = [.. Enumerable.Range(0, 30).Select(k => new Line($"a line named {k}", [0, 1], [k, k + 1], Palette.At(k)))],
        });
        const string gap = "document.querySelector('.legend').getBoundingClientRect().top" +
            " - document.querySelector('.wanlab-bar').getBoundingClientRect().bottom";
        await shown.Page.WaitForFunctionAsync($"() => {gap} >= 0");
        Assert.Empty(shown.Complaints);
    }

    [Theory]
    [InlineData(15)] // above all values, at the plot's upper edge
    [InlineData(3)]
    public async Task The_name_of_a_reference_lies_in_the_plot(double level)
    {
        await using var shown = await browser.OpenAsync(new LineFigure
        {
            Title = "Orbit rate",
            Lines = [new Line("previews", [0, 1, 2], [0, 8, 9], Palette.At(0))],
            Reference = ("training clips", level),
        });
        var name = (await shown.Page.Locator(".shape-label").BoundingBoxAsync())!;
        var plot = (await shown.Page.Locator(".nsewdrag").First.BoundingBoxAsync())!;
        Assert.InRange(name.Y, plot.Y, plot.Y + plot.Height - name.Height);
    }

    [Fact]
    public async Task The_explorer_shows_what_is_chosen()
    {
        await using var shown = await browser.OpenAsync(Lab.Timesteps());
        const string highest = "Math.max(...document.querySelector('.js-plotly-plot').data[0].y)";
        Assert.Equal(1, await shown.Page.EvaluateAsync<double>(highest), 1e-6); // uniform over 100 timesteps
        await shown.Page.Locator("select").Nth(1).SelectOptionAsync("favor_high_noise");
        await shown.Page.WaitForFunctionAsync($"() => {highest} > 5");
        Assert.Equal("Timesteps: linear, favor_high_noise, boundary 0.9", await shown.Page.Locator(".wanlab-bar b").TextContentAsync());
        await shown.Page.GetByText("training.timestep_bias: favor_high_noise").WaitForAsync();
        await shown.Page.Locator("select").Nth(2).SelectOptionAsync("0.8");
        await shown.Page.WaitForFunctionAsync("() => document.querySelector('.shape-label').textContent === 'boundary 0.8'");
    }

    [Fact]
    public async Task One_slider_and_one_button_move_all_videos()
    {
        await using var report = await browser.OpenAsync();
        var videos = report.Page.Locator("video");
        Assert.Equal(3, await videos.CountAsync());
        // They play.
        await report.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every(v => v.readyState >= 2 && !v.paused)");
        Assert.Equal(0, await report.Page.Locator("video[controls]").CountAsync());

        await report.Page.Locator("button[aria-label='play or pause all']").ClickAsync();
        await report.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every(v => v.paused)");
        await report.Page.Locator("input[type=range]").FillAsync("4"); // the fifth of 9 frames
        await report.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('video')].every(v => !v.seeking && Math.abs(v.currentTime / v.duration - 0.5) < 0.01)");
        await report.Page.GetByText("frame 5 of 9").WaitForAsync();
        Assert.Equal("a house & a <tree>, base model", await videos.First.GetAttributeAsync("aria-label"));
    }

    [Fact]
    public async Task Without_scripts_pictures_and_videos_are_there()
    {
        await using var report = await browser.OpenAsync(scripts: false);
        Assert.Equal(9, await report.Page.Locator("img[src^='data:image/svg']:visible").CountAsync());
        foreach (var picture in await report.Page.Locator("img[src^='data:image/svg']").AllAsync())
            Assert.True((await picture.BoundingBoxAsync())!.Width > 300); // a broken picture would be small
        Assert.Equal(3, await report.Page.Locator("video[controls]").CountAsync());
        Assert.Contains("finished", await report.Page.Locator("body").TextContentAsync());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_of_page_and_plots_stands_out_in_light_and_dark(ColorScheme scheme)
    {
        await using var report = await browser.OpenAsync(scheme: scheme);
        var page = await report.Page.EvaluateAsync<double[]>("() => { const c = s => s.match(/[\\d.]+/g).slice(0, 3).map(Number); " +
            "const b = getComputedStyle(document.body); return [...c(b.color), ...c(b.backgroundColor)]; }");
        Assert.True(Contrast(page[..3], page[3..]) > 7);
        var plot = await report.Page.EvaluateAsync<double[]>(
            "() => getComputedStyle(document.querySelector('.js-plotly-plot .xtick text')).fill.match(/[\\d.]+/g).slice(0, 3).map(Number)");
        Assert.True(Contrast(plot, page[3..]) > 7);
        foreach (var expert in Experts.All)
            Assert.True(Contrast([.. Convert.FromHexString(Palette.Of(expert)[1..]).Select(b => (double)b)], page[3..]) > 2.5,
                expert.Name());
    }

    // WCAG 2.1: (lighter + 0.05) / (darker + 0.05) of relative luminances.
    private static double Contrast(double[] a, double[] b)
    {
        double[] both = [Luminance(a), Luminance(b)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(double[] rgb)
    {
        double[] linear = [.. rgb.Select(v => v / 255 <= 0.04045 ? v / 255 / 12.92 : Math.Pow((v / 255 + 0.055) / 1.055, 2.4))];
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
