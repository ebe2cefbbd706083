namespace WanLab.Notebooks.Blocks;

/// <summary>Frames of clips as strips, one below the other, so that the same moment stands in the same column.</summary>
/// <param name="Rows">A name, a remark under it, and the strip as a JPEG.</param>
/// <param name="Description">What the strips show, for readers who cannot see them.</param>
internal sealed record StripBlock(IReadOnlyList<(string Name, string Remark, byte[] Jpeg)> Rows, string Description) : Block
{
    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"margin:0.5em 0;max-width:980px\">\n");
        foreach (var (name, remark, jpeg) in Rows)
        {
            html.Write($"<div style=\"display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px;margin:0 0 4px\">");
            html.Write($"<div style=\"flex:0 0 150px\"><b>{name}</b><br><span style=\"opacity:0.7\">{remark}</span></div>");
            html.Write($"<img alt=\"{Description}: {name}\" style=\"flex:1 1 300px;min-width:0;max-width:100%\"");
            html.Write($" src=\"data:image/jpeg;base64,{new RawHtml(Convert.ToBase64String(jpeg))}\"></div>\n");
        }
        html.Write($"</div>\n");
    }

    // A terminal shows no pictures.
    public override void Write(TextWriter text)
    {
    }
}
