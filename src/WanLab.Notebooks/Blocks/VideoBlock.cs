using WanLab.Notebooks.Media;

namespace WanLab.Notebooks.Blocks;

/// <summary>
/// Videos in rows and columns, each with a name. Where scripts run, one button and one slider move them all; elsewhere each
/// plays by itself.
/// </summary>
/// <param name="Columns">Names above the columns.</param>
/// <param name="Rows">Names before the rows, and a video or none for each column.</param>
internal sealed record VideoBlock(IReadOnlyList<string> Columns, IReadOnlyList<(string Name, IReadOnlyList<Video?> Videos)> Rows) : Block
{
    private const string NameStyle =
        "text-align:left;padding:2px 8px;max-width:180px;white-space:normal;font-weight:normal;vertical-align:top";

    public override void Write(HtmlWriter html)
    {
        var id = html.Settings.NewId();
        var shown = Rows.SelectMany(row => row.Videos).Count(video => video is not null);
        var named = Rows.Any(row => row.Name != "");
        // Pictures have a size and videos give way: without a least width a long strip would make stamps of the videos.
        var width = Rows.Any(row => row.Videos.Any(video => video is { IsStill: true })) ? $"min-width:{Video.LeastSide + 16}px;" : "";
        html.Write($"<div id=\"{id}\" style=\"margin:0.5em 0\">\n");
        html.Write($"<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;color:inherit\">\n");
        if (Columns.Any(name => name != ""))
        {
            html.Write($"<tr style=\"background:transparent\">{new RawHtml(named ? "<th></th>" : "")}");
            foreach (var name in Columns) html.Write($"<th style=\"text-align:left;padding:2px 8px;opacity:0.8\">{name}</th>");
            html.Write($"</tr>\n");
        }
        foreach (var (name, videos) in Rows)
        {
            html.Write($"<tr style=\"background:transparent\">");
            if (named) html.Write($"<th style=\"{NameStyle}\">{name}</th>\n");
            for (var c = 0; c < videos.Count; c++)
            {
                html.Write($"<td style=\"{width}padding:2px 8px;vertical-align:top;text-align:left\">");
                videos[c]?.Write(html, string.Join(", ", new[] { name, Columns[c] }.Where(part => part != "")));
                html.Write($"</td>\n");
            }
            html.Write($"</tr>\n");
        }
        html.Write($"</table></div></div>\n");
        if (shown < 2) return;
        var script = PlotScripts.Read("videos.js").TrimEnd();
        html.Write($"<script>{new RawHtml(script)}({new RawHtml($"\"{id}\"")});</script>\n");
    }

    public override void Write(TextWriter text)
    {
        foreach (var (name, videos) in Rows)
        {
            if (name != "") text.WriteLine($"  {name}");
            for (var c = 0; c < videos.Count; c++)
                if (videos[c] is { } video) text.WriteLine($"    {(Columns[c] == "" ? "" : Columns[c] + "  ")}{video.File}");
        }
    }
}
