using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Live;

/// <summary>A page that another one replaces soon.</summary>
[TypeFormatterSource]
internal sealed class LivePage(IReadOnlyList<Block> blocks, string line, bool isLast, HtmlSettings settings)
{
    private readonly Page _page = new(blocks);

    /// <summary>The page in one line, for consoles.</summary>
    public string Line => line;

    /// <summary>Whether no other page replaces this one.</summary>
    public bool IsLast => isLast;

    /// <summary>The page as HTML.</summary>
    public string ToHtml() => _page.ToHtml(settings);

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();
}
