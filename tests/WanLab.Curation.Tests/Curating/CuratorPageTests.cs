using Microsoft.Playwright;
using WanLab.Curation.Editing;

namespace WanLab.Curation.Tests.Curating;

/// <summary>The page in a real browser.</summary>
public sealed class CuratorPageTests(CuratorInBrowser browser) : IClassFixture<CuratorInBrowser>
{
    private static readonly PageWaitForFunctionOptions Patient = new() { Timeout = 60_000 };

    [Fact]
    public async Task Fifty_clips_are_captioned_by_keyboard_alone_and_a_server_that_ends_on_the_way_loses_nothing()
    {
        var names = Enumerable.Range(0, 50).Select(k => $"clip {k:00}.mp4").ToList();
        await using var folder = await CuratedFolder.OfAsync(names);
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        await page.Keyboard.PressAsync("e");
        for (var k = 0; k < 50; k++)
        {
            if (k == 20) await folder.StopAsync();
            await page.Keyboard.InsertTextAsync($"caption {k}");
            await page.Keyboard.PressAsync("Control+Enter");
            if (k != 30) continue;
            // Whoever started it again has another token; the page is opened again, at the same place.
            await folder.StartAsync("another");
            await page.GotoAsync(folder.Address);
            await page.WaitForSelectorAsync(".card");
            for (var down = 0; down <= 30; down++) await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("e");
        }
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).every(key => !key.startsWith('wanlab-unsaved'))", null, Patient);
        for (var k = 0; k < 50; k++) Assert.Equal($"caption {k}", folder.Caption(names[k]));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Markup_and_odd_letters_survive_in_names_and_captions_and_run_nowhere()
    {
        string[] names = ["<img src=x onerror=alert(1)>.mp4", "a & b \"c\" 100% #1?.mp4", "日本 café \u202Edlc.mp4", "'; alert(2);'.mp4"];
        await using var folder = await CuratedFolder.OfAsync(names);
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        const string text = "<script>alert(3)</script> \"quotes\" ‘’ 日本語 🎬 &amp; \\ $1";
        var cards = await page.Locator(".card").CountAsync();
        Assert.Equal(names.Length, cards);
        await page.Keyboard.PressAsync("e");
        for (var k = 0; k < names.Length; k++)
        {
            await page.Keyboard.InsertTextAsync($"{text} {k}");
            await page.Keyboard.PressAsync("Control+Enter");
        }
        await page.WaitForFunctionAsync("() => document.getElementById('saved').textContent === 'all saved'", null, Patient);
        var inOrder = names.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(0, 4).Select(k => $"{text} {k}"), inOrder.Select(folder.Caption).Order(StringComparer.Ordinal));
        await page.ReloadAsync();
        await page.WaitForSelectorAsync(".card");
        Assert.Equal(4, await page.Locator(".caption", new() { HasText = "<script>alert(3)</script>" }).CountAsync());
        // Every picture is found under its name.
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('.frame')].every(f => f.style.backgroundImage)", null,
            Patient);
        foreach (var name in names)
            Assert.True((await page.APIRequest.GetAsync($"{folder.Root}strip/{Uri.EscapeDataString(name)}")).Ok, name);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Keys_drop_accept_trim_and_take_back()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4", "b.mp4", "c.mp4"]);
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        CurationState State() => CurationBook.Open(folder.Clips, TimeProvider.System).State;
        async Task Until(Func<CurationState, bool> test)
        {
            while (!test(State())) await page.WaitForTimeoutAsync(20);
        }
        await page.WaitForFunctionAsync("() => !document.getElementById('counts').textContent.includes('scanning')", null, Patient);
        await page.Keyboard.PressAsync("d");
        await Until(state => state.Of("a.mp4").Dropped);
        await page.WaitForSelectorAsync(".card.dropped");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("a");
        await Until(state => state.Of("b.mp4").Accepted);
        await page.Keyboard.PressAsync("Enter");
        await page.EvaluateAsync("() => { const v = document.querySelector('video'); v.pause(); v.currentTime = 0.13; }");
        await page.WaitForFunctionAsync("() => !document.querySelector('video').seeking", null, Patient);
        await page.Keyboard.PressAsync("i");
        await Until(state => state.Of("b.mp4").Parts is [{ First: 2, End: 8 }]);
        await page.Keyboard.PressAsync("u");
        await Until(state => state.Of("b.mp4").Parts.Count == 0);
        await page.Keyboard.PressAsync("Shift+U");
        await Until(state => state.Of("b.mp4").Parts.Count == 1);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var before = State().Revision;
            await page.Keyboard.PressAsync("u");
            await Until(state => state.Revision != before);
        }
        Assert.All((string[])["a.mp4", "b.mp4"], clip => Assert.Equal(new ClipCuration(), State().Of(clip)));
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_caption_changed_by_another_program_is_not_written_over()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"]);
        var (page, _) = await browser.OpenAsync(folder.Address);
        await page.Keyboard.PressAsync("e");
        await File.WriteAllTextAsync(Path.Combine(folder.Clips, "a.txt"), "from an editor");
        await page.Keyboard.InsertTextAsync("from the page");
        await page.WaitForSelectorAsync("#saved.bad");
        Assert.Equal("from an editor", folder.Caption("a.mp4"));
        Assert.Contains("Your text was: from the page", await page.Locator("#saved").TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_five_hundred_clips_only_those_in_sight_are_drawn()
    {
        await using var folder = await CuratedFolder.OfAsync(Enumerable.Range(0, 500).Select(k => $"{k:000}.mp4"));
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        for (var k = 0; k < 20; k++)
        {
            await page.Mouse.MoveAsync(400, 400);
            await page.Mouse.WheelAsync(0, 1200);
            await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            Assert.InRange(await page.Locator(".card").CountAsync(), 10, 60);
        }
        await page.Keyboard.PressAsync("End");
        await page.WaitForSelectorAsync(".card.chosen:has-text('499.mp4')");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Every_control_has_a_name_and_a_narrow_page_does_not_scroll_sideways()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4", "b.mp4"], new DrawnClip { Picture = new LeafPicture(6), Camera = t =>
            new View(50 * Math.Max(0, t - 0.9)) });
        foreach (var (width, dark) in ((int, bool)[])[(1280, false), (400, true)])
        {
            var (page, complaints) = await browser.OpenAsync(folder.Address, width, 800, dark);
            await page.WaitForFunctionAsync("() => !document.getElementById('counts').textContent.includes('scanning')", null, Patient);
            await CuratorInBrowser.PictureAsync(page, $"sheet-{width}");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForFunctionAsync("() => document.querySelector('video').readyState > 1", null, Patient);
            await CuratorInBrowser.PictureAsync(page, $"clip-{width}");
            Assert.Empty(await page.EvaluateAsync<string[]>("""
                () => [...document.querySelectorAll('button,input,select,textarea')].filter(e => !e.hidden
                    && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML)
                """));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{width}");
            await page.Keyboard.PressAsync("?");
            await CuratorInBrowser.PictureAsync(page, $"keys-{width}");
            Assert.Empty(complaints);
        }
    }

    [Fact]
    public async Task The_session_ends_with_advice_a_new_folder_and_a_job()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4", "b.mp4", "c.mp4"],
            new DrawnClip { Picture = new LeafPicture(8), Width = 96, Height = 64, Seconds = 3, Camera = t =>
                new View(60 * Math.Max(0, t - 0.8)) });
        foreach (var name in (string[])["a", "b", "c"])
            await File.WriteAllTextAsync(Path.Combine(folder.Clips, name + ".txt"), $"{name}, slow pan right");
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        await page.WaitForFunctionAsync("() => !document.getElementById('counts').textContent.includes('scanning')", null, Patient);
        await page.SelectOptionAsync("#kind", "motion");
        // The first clip is trimmed as suggested, its copies are dropped.
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await page.Locator("#sheet").FocusAsync();
            await page.Keyboard.PressAsync("s");
            await page.WaitForFunctionAsync("() => document.getElementById('saved').textContent === 'saved'", null, Patient);
            await page.Keyboard.PressAsync("ArrowRight");
            await page.EvaluateAsync("() => { document.getElementById('saved').textContent = ''; }");
        }
        await page.ClickAsync("#finish");
        await page.WaitForSelectorAsync("dialog .verdict");
        await CuratorInBrowser.PictureAsync(page, "finish");
        var (made, job) = (Path.Combine(folder.Above, "clips-curated"), Path.Combine(folder.Above, "clips_motion.yaml"));
        await page.GetByText("Write clips and job").ClickAsync();
        await page.WaitForSelectorAsync("dialog pre", new() { Timeout = 60_000 });
        Assert.Contains($"wanlab check {job}", await page.Locator("dialog pre").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(["a.mp4", "a.txt"], Directory.GetFiles(made).Select(file => Path.GetFileName(file)!).Where(file =>
            !file.StartsWith("cur", StringComparison.Ordinal)
            && !file.StartsWith('.')).Order());
        Assert.Contains("path: clips-curated", await File.ReadAllTextAsync(job), StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(folder.Clips, "*.mp4").Length);
        // A second time nothing is written over.
        await page.GetByText("Write clips and job").ClickAsync();
        await page.WaitForSelectorAsync("dialog [role=alert]:has-text('already exists')");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_clip_plays_as_it_is_trained()
    {
        await using var folder = await CuratedFolder.OfAsync(["a.mp4"],
            new DrawnClip { Picture = new LeafPicture(8), Width = 160, Height = 64, Seconds = 2, Fps = 24, Camera = t =>
                new View(60 * t) });
        await File.WriteAllTextAsync(Path.Combine(folder.Clips, "a.txt"), "pan right");
        var (page, complaints) = await browser.OpenAsync(folder.Address);
        await page.WaitForFunctionAsync("() => !document.getElementById('counts').textContent.includes('scanning')", null, Patient);
        await page.Keyboard.PressAsync("Enter");
        await page.SelectOptionAsync("select[aria-label=frames]", "17");
        await page.SelectOptionAsync("select[aria-label=resolution]", "64");
        await page.GetByText("As trained", new() { Exact = true }).ClickAsync();
        await page.WaitForSelectorAsync("[role=status]:has-text('as trained: 96×32, 17 frames in 1.06 s')", new() { Timeout = 60_000 });
        // Too long for the clip: the reason is a sentence on the page.
        await page.SelectOptionAsync("select[aria-label=frames]", "81");
        await page.GetByText("As trained", new() { Exact = true }).ClickAsync();
        await page.WaitForSelectorAsync("[role=status]:has-text('81 frames at 16 fps need')", new() { Timeout = 60_000 });
        Assert.Empty(complaints);
    }
}
