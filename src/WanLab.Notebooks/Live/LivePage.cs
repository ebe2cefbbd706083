using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Live;

/// <summary>A page that another one replaces soon.</summary>
[TypeFormatterSource]
internal sealed class LivePage(IReadOnlyList<Block> blocks, string line, bool isLast, HtmlSettings settings)
{
    private readonly Page _page = new(blocks);

    /// <summary>It in one line, for consoles.</summary>
    public string Line => line;

    /// <summary>Whether none replaces it.</summary>
    public bool IsLast => isLast;

    /// <summary>As HTML.</summary>
    public string ToHtml() => _page.ToHtml(settings);

    /// <inheritdoc/>
    public override string ToString() => _page.ToString();
}
