using WanLab.Models;

namespace WanLab.Jupyter.Tests.Browser;

/// <summary>The kernel as a user of Jupyter meets it.</summary>
[Collection(BrowserTests.Name)]
public sealed class NotebookInBrowserTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_notebook_runs()
    {
        await using var page = await browser.OpenAsync(NotebookJson.Of(
            "Console.WriteLine(\"hello\");", "var n = 20;\nHTML($\"<b id='bold'>{n + 1}</b>\")",
            "throw new InvalidOperationException(\"told\");"));
        for (var cell = 0; cell < 3; cell++) await page.RunAsync(cell);
        await page.SeesAsync(0, "hello");
        await page.SeesAsync(1, "21");
        Assert.Equal("21", await page.Output(1).Locator("b#bold").InnerTextAsync());
        await page.SeesAsync(2, "InvalidOperationException: told");
        await page.SeesAsync(2, "at cell 3 line 1");
    }

    [Fact]
    public async Task Output_changes_in_place_while_the_cell_runs()
    {
        await using var page = await browser.OpenAsync(NotebookJson.Of("""
            var place = display("step 0");
            for (var step = 1; step <= 2; step++)
            {
                place.Update($"step {step}");
                while (!System.IO.File.Exists($"after{step}")) await Task.Delay(20, Interrupt.Token);
            }
            place.Update("done");
            """, "place.Update(\"changed by the next cell\");"));
        await page.RunAsync(0);
        for (var step = 1; step <= 2; step++)
        {
            await page.SeesAsync(0, $"step {step}");
            Assert.True(await page.IsRunningAsync(0));
            Assert.Equal(1, await page.Output(0).Locator(".output_area").CountAsync());
            File.WriteAllText(Path.Combine(browser.Folder, $"after{step}"), "");
        }
        await page.SeesAsync(0, "done");
        await page.EndedAsync(0);
        await page.RunAsync(1);
        await page.SeesAsync(0, "changed by the next cell");
    }

    [Fact]
    public async Task Output_changes_after_the_cell_has_ended()
    {
        await using var page = await browser.OpenAsync(NotebookJson.Of("""
            var place = display("running");
            _ = Task.Run(async () =>
            {
                while (!System.IO.File.Exists("ended")) await Task.Delay(20);
                place.Update("changed later");
            });
            """));
        await page.RunAsync(0);
        await page.EndedAsync(0);
        await page.SeesAsync(0, "running");
        File.WriteAllText(Path.Combine(browser.Folder, "ended"), "");
        await page.SeesAsync(0, "changed later");
    }

    [Fact]
    public async Task Interrupt_stops_a_long_cell_and_the_next_one_works()
    {
        await using var page = await browser.OpenAsync(
            NotebookJson.Of("Console.WriteLine(\"waiting\"); await Task.Delay(-1, Interrupt.Token);", "1 + 41"));
        await page.RunAsync(0);
        await page.SeesAsync(0, "waiting");
        Assert.True(await page.IsRunningAsync(0));
        await page.InterruptAsync();
        await page.SeesAsync(0, "Interrupted");
        await page.RunAsync(1);
        await page.SeesAsync(1, "42");
    }
}
