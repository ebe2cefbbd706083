using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using WanLab.Jupyter.Runner;
using WanLab.Jupyter.Tests.Jupyter;
using WanLab.Jupyter.Tests.Notebooks;
using WanLab.Notebooks;

namespace WanLab.Jupyter.Tests.Browser;

/// <summary>
/// Debian's Jupyter as 'wanlab lab' starts it, and Debian's Chromium, once for all tests in a browser. A test opens its own
/// notebook: <c>await using var page = await browser.OpenAsync(NotebookJson.Of("1 + 1"));</c>
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly DebianJupyter _jupyter = new(LabFolder.Cache);
    private Process _server = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private string _address = "", _token = "";
    private int _count;

    /// <summary>The folder that Jupyter shows; the notebooks' working directory.</summary>
    public string Folder => _jupyter.Folder.Path;

    public async Task InitializeAsync()
    {
        var port = FreePort();
        _server = Process.Start(_jupyter.StartInfo("dotnet", DebianJupyter.Program, "lab", Folder, "--no-browser", $"--port={port}"))!;
        (_address, _token) = await LabAddress.ReadAsync(_server);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            // Its sandbox does not work for root, which containers run as.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Writes a notebook, opens it in a page of its own and waits for its kernel.</summary>
    internal async Task<NotebookPage> OpenAsync(string json)
    {
        var name = $"notebook{++_count}.ipynb";
        _jupyter.Folder.Write(name, json);
        return await ReopenAsync(name);
    }

    /// <summary>Opens a notebook that is in the folder.</summary>
    internal async Task<NotebookPage> ReopenAsync(string name)
    {
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1100, Height = 900 } });
        await page.GotoAsync($"{_address}notebooks/{name}?token={_token}");
        await page.WaitForFunctionAsync("() => window.Jupyter?.notebook?.kernel?.is_connected() && " +
            "Jupyter.notebook.kernel.info_reply?.status === 'ok'", null, new() { Timeout = NotebookPage.Patience });
        return new NotebookPage(page);
    }

    /// <summary>Keeps a picture of what the page shows, in the folder that WANLAB_PICTURES names; without one, does nothing.</summary>
    internal async Task PictureAsync(NotebookPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WANLAB_PICTURES") is { Length: > 0 } folder)
            await page.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (!_server.HasExited) _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _jupyter.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Tests of this collection share the fixture.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
