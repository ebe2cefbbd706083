using System.Net;
using WanLab.Curation;
using WanLab.Curation.Captioning;
using WanLab.Jobs.Recipes;
using WanLab.Tiny.Scenes;

namespace WanLab.Notebooks.Tests;

public sealed class LabCurationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LabCurationTests()
    {
        var rgb = new byte[8 * 64 * 64 * 3];
        new Random(1).NextBytes(rgb);
        WanLab.Media.Mp4Writer.Write(Path.Combine(_folder.Path, "a.mp4"), rgb, 64, 64);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_notebook_shows_the_address_of_the_page_which_ends_when_it_is_disposed()
    {
        using var client = new HttpClient();
        Uri address;
        using (var curation = Lab.Curate(_folder.Path))
        {
            address = new Uri(curation.Address);
            var shown = Pages.Of(curation)!;
            Assert.Contains(WebUtility.HtmlEncode(curation.Address), shown.Html(), StringComparison.Ordinal);
            Assert.Contains(curation.Address, shown.Text(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(address)).StatusCode);
        }
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address));
    }

    [Fact]
    public void A_folder_is_decided_on_captioned_and_applied_from_a_notebook()
    {
        WanLab.Media.Mp4Writer.Write(_folder["b.mp4"], Panned(), 96, 96);
        var folder = Clips.Edit(_folder.Path).Caption("a.mp4", "noise").Caption("b.mp4", "pan left over toys");
        Assert.Equal([("a.mp4", ""), ("b.mp4", "0.5 to 1.5 s, crop 54x96+20+0; accepted")],
            folder.Trim("b.mp4", "0.5-1.5").Crop("b.mp4", "9:16").Accept("b.mp4").Decisions);
        Assert.Contains("Did you mean 'b.mp4'?", Assert.Throws<WanLabException>(() => folder.Drop("bb.mp4")).Message);
        Assert.Equal("dropped", folder.Drop("a.mp4").Decisions[0].Decision);
        Assert.Equal("", folder.Restore("a.mp4").Undo().Restore("a.mp4").Decisions[0].Decision);
        using var made = new TempFolder();
        var said = folder.Rename("b.mp4", "toys").Apply(made["new"]);
        Assert.EndsWith("1 cut or cropped, 1 copied byte for byte, 2 with a caption; 0 left out", said, StringComparison.Ordinal);
        Assert.Equal("pan left over toys\n", File.ReadAllText(made["new/toys.txt"]));
    }

    [Fact]
    public void Captions_are_held_against_what_a_scan_has_measured_in_lint_and_in_the_check_of_a_job()
    {
        WanLab.Media.Mp4Writer.Write(_folder["clips/pan.mp4"], Panned(), 96, 96);
        _folder.Write("clips/pan.txt", "pan left over toys");
        var job = _folder.Write("job.yaml", "job: {name: toys_motion}\nmodel: {architecture: wan-tiny}\ndatasets:\n  - path: clips\n");
        Clips.Scan(_folder["clips"]);
        var row = Assert.Single(Lab.Lint(_folder["clips"], RecipeKind.Motion).Rows);
        Assert.Equal("pan.mp4", row[0]);
        Assert.Matches("says 'pan left', measured: .*pan right", row[2]);
        Assert.Contains(Lab.Check(job).Warnings,
            warning => warning.Message.Contains("says 'pan left', measured:", StringComparison.Ordinal));
        Clips.Edit(_folder["clips"]).Drop("pan.mp4");
        Assert.Empty(Lab.Lint(_folder["clips"], RecipeKind.Motion).Rows);
    }

    // A window that slides to the right over a wide picture of toys.
    private static byte[] Panned()
    {
        const int size = 96, frames = 33, step = 2, stride = (size + frames * step) * 3;
        var wide = SceneRenderer.Render(SceneGenerator.Draw(3), stride / 3, size, 1);
        var pixels = new byte[frames * size * size * 3];
        for (var k = 0; k < frames; k++)
            for (var y = 0; y < size; y++)
                wide.AsSpan(y * stride + k * step * 3, size * 3).CopyTo(pixels.AsSpan((k * size + y) * size * 3));
        return pixels;
    }

    [Fact]
    public void The_changes_of_captions_are_a_table_with_the_newest_first()
    {
        var folder = CaptionFolder.Read(_folder.Path);
        CaptionWriter.Write(_folder.Path, CaptionEdit.Plan(folder.Clips, _ => "first"), TimeProvider.System);
        CaptionWriter.Write(_folder.Path, CaptionEdit.Plan(CaptionFolder.Read(_folder.Path).Clips, _ => "second"), TimeProvider.System);
        Assert.Equal([["2", "a.mp4", "first", "second"], ["1", "a.mp4", "(no file)", "first"]],
            Lab.CaptionChanges(_folder.Path).Rows.Select(row => row.ToArray()));
    }
}
