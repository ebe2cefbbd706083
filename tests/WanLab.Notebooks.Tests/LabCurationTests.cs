using System.Net;
using WanLab.Curation.Captioning;

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
    public void The_changes_of_captions_are_a_table_with_the_newest_first()
    {
        var folder = CaptionFolder.Read(_folder.Path);
        CaptionWriter.Write(_folder.Path, CaptionEdit.Plan(folder.Clips, _ => "first"), TimeProvider.System);
        CaptionWriter.Write(_folder.Path, CaptionEdit.Plan(CaptionFolder.Read(_folder.Path).Clips, _ => "second"), TimeProvider.System);
        Assert.Equal([["2", "a.mp4", "first", "second"], ["1", "a.mp4", "(no file)", "first"]],
            Lab.CaptionChanges(_folder.Path).Rows.Select(row => row.ToArray()));
    }
}
