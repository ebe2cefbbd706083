using Microsoft.Playwright;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Tests.Browser;

/// <summary>Debian's Chromium, and the report of a run to open in it.</summary>
public sealed class ReportInBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly Scene _scene = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        RunReport.Save(LabRun.Read(_scene.Folder), _scene.At("report.html"), TimeProvider.System);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            // Its sandbox does not work for root, which containers run as.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Opens the report.</summary>
    public Task<OpenPage> OpenAsync(bool scripts = true, ColorScheme scheme = ColorScheme.Light) =>
        OpenAsync(_scene.At("report.html"), scripts, scheme);

    /// <summary>Opens a figure in a page of its own.</summary>
    public Task<OpenPage> OpenAsync(Figure figure)
    {
        var file = _scene.At("figure.html");
        File.WriteAllText(file,
            $"<!DOCTYPE html><meta charset=\"utf-8\">{new Page([new Blocks.FigureBlock(figure)]).ToHtml(new Blocks.HtmlSettings { Plotly = new PlotDelivery() })}");
        return OpenAsync(file, scripts: true, ColorScheme.Light);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _scene.Dispose();
    }

    private async Task<OpenPage> OpenAsync(string file, bool scripts, ColorScheme scheme)
    {
        var page = await _browser.NewPageAsync(
            new() { JavaScriptEnabled = scripts, ColorScheme = scheme, ViewportSize = new() { Width = 1200, Height = 900 } });
        var open = new OpenPage(page, [], []);
        page.Console += (_, said) =>
        {
            if (said.Type == "error") open.Complaints.Add(said.Text);
        };
        page.PageError += (_, error) => open.Complaints.Add(error);
        page.Request += (_, request) => open.Requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        if (scripts)
            await page.WaitForFunctionAsync(
                "() => [...document.querySelectorAll('img[src^=\"data:image/svg\"]')].every(i => i.style.display === 'none')");
        return open;
    }
}

/// <summary>A page, what went wrong in it and what it asked for.</summary>
public sealed record OpenPage(IPage Page, List<string> Complaints, List<string> Requests) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => new(Page.CloseAsync());
}
