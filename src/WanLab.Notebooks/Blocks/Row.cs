namespace WanLab.Notebooks.Blocks;

/// <summary>Blocks side by side, where there is room.</summary>
internal sealed record Row(IReadOnlyList<Block> Parts) : Block
{
    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"display:grid;grid-template-columns:repeat(auto-fit,minmax(min(420px,100%),1fr));gap:12px\">\n");
        foreach (var part in Parts)
        {
            html.Write($"<div style=\"min-width:0\">\n");
            part.Write(html);
            html.Write($"</div>\n");
        }
        html.Write($"</div>\n");
    }

    public override void Write(TextWriter text)
    {
        foreach (var part in Parts) part.Write(text);
    }
}
