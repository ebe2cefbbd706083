namespace WanLab.Notebooks.Blocks;

/// <summary>A piece of something shown, described once and written as HTML and as plain text.</summary>
internal abstract record Block
{
    /// <summary>Writes the block as HTML, for a notebook or a report.</summary>
    public abstract void Write(HtmlWriter html);

    /// <summary>Writes the block as plain text, for a terminal.</summary>
    public abstract void Write(TextWriter text);
}

/// <summary>A heading, with an optional remark next to it.</summary>
internal sealed record Heading(string Title, string Aside = "", int Level = 3) : Block
{
    public override void Write(HtmlWriter html)
    {
        var (size, above) = Level == 2 ? ("1.35em", "1.2em") : ("1.1em", "0.6em");
        html.Write($"<div style=\"font-size:{size};margin:{above} 0 0.4em\"><b>{Title}</b>");
        if (Aside != "") html.Write($" <span style=\"opacity:0.7\">{Aside}</span>");
        html.Write($"</div>\n");
    }

    public override void Write(TextWriter text) => text.WriteLine(Aside == "" ? Title : $"{Title}  {Aside}");
}

/// <summary>A paragraph of text.</summary>
internal sealed record Paragraph(string Words) : Block
{
    public override void Write(HtmlWriter html) => html.Write($"<div style=\"margin:0.3em 0\">{Words}</div>\n");

    public override void Write(TextWriter text) => text.WriteLine(Words);
}

/// <summary>Names and values, one pair a line.</summary>
internal sealed record Facts(IReadOnlyList<(string Name, string Value)> Pairs) : Block
{
    private const string Cell = "text-align:left;vertical-align:top;padding:1px 16px 1px 0;border:0;background:transparent;";

    public override void Write(HtmlWriter html)
    {
        // A table, which keeps its form where untrusted notebooks drop grids.
        html.Write($"<table style=\"border-collapse:collapse;margin:0.3em 0;color:inherit\">\n");
        foreach (var (name, value) in Pairs)
        {
            html.Write($"<tr style=\"background:transparent\"><td style=\"{Cell}white-space:nowrap;opacity:0.7\">{name}</td>");
            html.Write($"<td style=\"{Cell}\">{value}</td></tr>\n");
        }
        html.Write($"</table>\n");
    }

    public override void Write(TextWriter text)
    {
        var width = Pairs.Count == 0 ? 0 : Pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in Pairs) text.WriteLine($"  {name.PadRight(width)}  {value}".TrimEnd());
    }
}

/// <summary>Text as it stands, such as a job file.</summary>
internal sealed record Code(string Source) : Block
{
    private const string Style = "margin:0.4em 0;padding:8px;background:rgba(128,128,128,0.1);white-space:pre-wrap";

    public override void Write(HtmlWriter html) => html.Write($"<pre style=\"{Style}\">{Source.TrimEnd()}</pre>\n");

    // Without an indent, so that it can be copied into a file.
    public override void Write(TextWriter text) => text.WriteLine(Source.TrimEnd());
}

/// <summary>Blocks that are shown on request.</summary>
internal sealed record Fold(string Title, IReadOnlyList<Block> Inside) : Block
{
    /// <summary>Whether a terminal, where nothing can be unfolded, shows them at once instead of not at all.</summary>
    public bool InText { get; init; }

    public override void Write(HtmlWriter html)
    {
        html.Write($"<details style=\"margin:0.4em 0\">");
        html.Write($"<summary style=\"cursor:pointer;display:list-item\">{Title}</summary>\n");
        foreach (var block in Inside) block.Write(html);
        html.Write($"</details>\n");
    }

    public override void Write(TextWriter text)
    {
        if (!InText) return;
        text.WriteLine($"{Title}:");
        foreach (var block in Inside) block.Write(text);
    }
}
