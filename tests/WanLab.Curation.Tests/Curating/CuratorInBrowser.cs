using Microsoft.Playwright;

namespace WanLab.Curation.Tests.Curating;

/// <summary>Debian's Chromium for the tests of the page.</summary>
public sealed class CuratorInBrowser : IAsyncLifetime
{
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            // Its sandbox does not work for root, which containers run as.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    /// <summary>Opens a page; what its scripts complain of is collected.</summary>
    internal async Task<(IPage Page, List<string> Complaints)> OpenAsync(string address, int width = 1280, int height = 800,
        bool dark = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height }, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add($"dialog: {dialog.Message}");
        await page.GotoAsync(address);
        await page.WaitForSelectorAsync(".card");
        return (page, complaints);
    }

    /// <summary>Keeps a picture of a page where WANLAB_PICTURES names a folder.</summary>
    internal static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WANLAB_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png") });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
