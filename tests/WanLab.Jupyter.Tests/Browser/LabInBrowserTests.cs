using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WanLab.Datasets;
using WanLab.Jupyter.Tests.Notebooks;
using WanLab.Jupyter.Wire;
using WanLab.Models;
using WanLab.Notebooks;
using WanLab.Notebooks.Figures;

namespace WanLab.Jupyter.Tests.Browser;

/// <summary>The lab as a user of Jupyter meets it: plots, the live dashboard, videos, and a saved notebook.</summary>
[Collection(BrowserTests.Name)]
public sealed class LabInBrowserTests
{
    private const string TwoLines = "new LineFigure { Title = \"Heights\", XTitle = \"step\", Lines = [new Line(\"first\", [0, 1, 2], " +
        "[1, 3, 2], Palette.At(0)), new Line(\"second\", [0, 1, 2], [2, 1, 5], Palette.At(1))] }";

    private const string FourClips = """
        string Clip(int k) => System.IO.Directory.GetFiles("datasets-example/orbit/clips", "*.mp4").Order().ElementAt(k);
        VideoGrid.Of([("first", "a", Clip(0)), ("first", "b", Clip(1)), ("second", "a", Clip(2)), ("second", "b", Clip(3))])
        """;

    private readonly BrowserFixture _browser;

    public LabInBrowserTests(BrowserFixture browser)
    {
        _browser = browser;
        LabFolder.Write(browser.Folder, "01-first-lora.ipynb", "steps=24");
    }

    [Fact]
    public async Task A_plot_reacts_to_hover()
    {
        await using var page = await _browser.OpenAsync(NotebookJson.Of("Lab.Plots", TwoLines));
        await page.RunAsync(0);
        await page.SeesAsync(0, "Plots are ready.");
        await page.RunAsync(1);
        var plot = page.Output(1).Locator(".js-plotly-plot");
        await plot.WaitForAsync();
        Assert.Equal(0, await page.Output(1).Locator("img:visible").CountAsync());
        var area = plot.Locator(".nsewdrag").First;
        var box = (await area.BoundingBoxAsync())!;
        // Twice, as a hand moves; each time waits until the page no longer scrolls.
        foreach (var share in new[] { 0.4f, 0.5f })
            await area.HoverAsync(new() { Position = new() { X = box.Width * share, Y = box.Height / 2 } });
        await plot.Locator(".hoverlayer .legendtext").First.WaitForAsync();
        Assert.Equal("1first : 3second : 1", await plot.Locator(".hoverlayer").TextContentAsync() ?? "");
        await _browser.PictureAsync(page, "plot");
    }

    [Fact]
    public async Task The_dashboard_changes_while_a_cell_runs_and_interrupt_stops_the_training()
    {
        await using var page = await _browser.OpenAsync(NotebookJson.Of("Lab.Plots",
            """
            var job = Lab.Job("datasets-example/orbit/job.yaml", "training.steps=100000", "sample.every=0", "job.name=interrupted");
            var run = await Lab.StartAsync(job, fresh: true);
            var made = await run;
            """,
            "$\"{run.Snapshot().Status} after {made} steps, saved: " +
                "{System.IO.Directory.EnumerateFileSystemEntries(\"runs/interrupted/state\").Any()}\""));
        await page.RunAsync(0);
        await page.RunAsync(1);
        var seen = new List<string>();
        for (var change = 0; change < 3; change++) seen.Add(await NextStepAsync(page, seen.LastOrDefault()));
        Assert.Equal(3, seen.Distinct().Count());
        Assert.True(await page.IsRunningAsync(1));
        Assert.Equal(1, await page.Output(1).Locator("text=/of 100000/").CountAsync()); // in place, not one below the other
        await _browser.PictureAsync(page, "dashboard");

        await page.InterruptAsync();
        await page.EndedAsync(1);
        await page.SeesAsync(1, "stopped");
        await page.RunAsync(2);
        await page.SeesAsync(2, "Stopped after");
        await page.SeesAsync(2, "saved: True");
    }

    [Fact]
    public async Task A_button_pauses_a_training_while_its_cell_waits_for_it()
    {
        await using var page = await _browser.OpenAsync(NotebookJson.Of(
            """
            var job = Lab.Job("datasets-example/orbit/job.yaml", "training.steps=100000", "sample.every=0", "job.name=pressed");
            var run = await Lab.StartAsync(job, fresh: true);
            await run
            """));
        await page.RunAsync(0);
        await NextStepAsync(page, "0", cell: 0);
        await PressAsync(page, "Pause");
        await page.ShowsAsync(0, "paused after step");
        Assert.True(await page.IsRunningAsync(0));
        Assert.Equal(0, await page.Cell(0).Locator("button:visible", new() { HasTextString = "Pause" }).CountAsync());
        Assert.Equal(0, await page.Cell(0).Locator("text=/await run.Pause/ >> visible=true").CountAsync()); // the buttons say it
        await _browser.PictureAsync(page, "buttons");
        await PressAsync(page, "Resume");
        await page.ShowsAsync(0, "continue");
        await PressAsync(page, "Stop");
        await page.EndedAsync(0);
        await page.SeesAsync(0, "stopped");
    }

    private static Task PressAsync(NotebookPage page, string name) =>
        page.Cell(0).Locator(".widget-area button.widget-button:visible", new() { HasTextString = name }).ClickAsync();

    [Fact]
    public async Task Videos_play_and_one_slider_moves_them_all()
    {
        await using var page = await _browser.OpenAsync(NotebookJson.Of(FourClips));
        await page.RunAsync(0);
        var videos = page.Output(0).Locator("video");
        await videos.First.WaitForAsync();
        Assert.Equal(4, await videos.CountAsync());
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every(v => v.readyState >= 2 && " +
            "v.currentTime > 0 && !v.paused)", null, new() { Timeout = NotebookPage.Patience });
        await page.Output(0).Locator("button[aria-label='play or pause all']").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every(v => v.paused)");
        await page.Output(0).Locator("input[type=range]").FillAsync("48");
        await page.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('video')].every(v => !v.seeking && Math.abs(v.currentTime / v.duration - 0.5) < 0.01)");
        await _browser.PictureAsync(page, "grid");
    }

    [Fact]
    public async Task The_first_notebook_runs_and_reopened_untrusted_still_shows_pictures_and_videos()
    {
        const string name = "notebooks/01-first-lora.ipynb";
        await using (var page = await _browser.ReopenAsync(name))
        {
            await page.Page.EvaluateAsync("() => Jupyter.notebook.execute_all_cells()");
            await page.Page.WaitForFunctionAsync("() => Jupyter.notebook.get_cells().filter(c => c.cell_type === 'code').every(c => " +
                "/^\\d+$/.test(c.input_prompt_number))", null, new() { Timeout = 3 * NotebookPage.Patience });
            Assert.True(await page.Page.Locator(".js-plotly-plot").CountAsync() >= 5);
            await page.SaveAsync();
        }
        // As on another machine: what its user did not run here is not trusted.
        var file = Path.Combine(_browser.Folder, name);
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        json["metadata"]!["copied"] = true;
        File.WriteAllText(file.Replace("01-", "copy-of-01-"), json.ToJsonString());

        await using var copy = await _browser.ReopenAsync(name.Replace("01-", "copy-of-01-"));
        Assert.False(await copy.Page.EvaluateAsync<bool>("() => Jupyter.notebook.trusted"));
        Assert.Equal(0, await copy.Page.Locator(".js-plotly-plot").CountAsync());
        var pictures = copy.Page.Locator(".output img");
        Assert.True(await pictures.CountAsync() >= 5);
        Assert.True(await copy.Page.EvaluateAsync<bool>(
            "() => [...document.querySelectorAll('.output img')].every(i => i.complete && i.naturalWidth > 60)")); // none is broken
        var videos = copy.Page.Locator(".output video[controls]");
        Assert.True(await videos.CountAsync() >= 6);
        await copy.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.output video')].filter(v => v.offsetParent).every(v " +
            "=> v.readyState >= 1 && v.videoWidth > 0)", null, new() { Timeout = NotebookPage.Patience });
        await _browser.PictureAsync(copy, "untrusted");
    }

    // The dashboard's step, once it is another one than before.
    private static async Task<string> NextStepAsync(NotebookPage page, string? before, int cell = 1)
    {
        var handle = await page.Page.WaitForFunctionAsync(
            $"before => {{ const m = document.querySelectorAll('.cell')[{cell}].innerText.match(/(\\d+) of 100000/); " +
                "return m && m[1] !== before ? m[1] : false; }",
            before, new() { Timeout = NotebookPage.Patience });
        return await handle.JsonValueAsync<string>();
    }
}
