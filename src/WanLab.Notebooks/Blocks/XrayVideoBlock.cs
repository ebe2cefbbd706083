using WanLab.Curation.Xray;
using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Blocks;

/// <summary>Items that play as they are trained. A terminal, which plays nothing, makes no videos.</summary>
internal sealed record XrayVideoBlock(IReadOnlyList<ClipXray> Items) : Block
{
    private const int MostColumns = 4;

    public override void Write(HtmlWriter html)
    {
        var columns = Math.Min(MostColumns, Items.Count);
        var rows = Items.Select(item => (Video?)XrayVideos.Of(item, html.Settings.Cancellation)).Chunk(columns)
            .Select(row => ("", (IReadOnlyList<Video?>)[.. row, .. new Video?[columns - row.Length]]));
        new VideoBlock([.. Enumerable.Repeat("", columns)], [.. rows]).Write(html);
    }

    public override void Write(TextWriter text)
    {
    }
}
