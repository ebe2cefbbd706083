namespace WanLab.Notebooks.Blocks;

/// <summary>A link to a page on this machine.</summary>
internal sealed record LinkBlock(string Words, string Address) : Block
{
    public override void Write(HtmlWriter html) =>
        html.Write($"<p><a href=\"{Address}\" target=\"_blank\" rel=\"noopener\">{Words}</a></p>\n");

    public override void Write(TextWriter text) => text.WriteLine($"{Words}: {Address}");
}
