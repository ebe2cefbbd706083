using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks;

/// <summary>Something to show: notebooks show its HTML, terminals its text.</summary>
[TypeFormatterSource]
internal sealed class Page
{
    private readonly IReadOnlyList<Block> _blocks;

    internal Page(IReadOnlyList<Block> blocks) => _blocks = blocks;

    /// <summary>The page as HTML that needs nothing else: styles are inline, pictures and videos are inside.</summary>
    public string ToHtml() => ToHtml(HtmlSettings.Notebook());

    /// <summary>The page as plain text.</summary>
    public override string ToString()
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var block in _blocks) block.Write(text);
        return text.ToString();
    }

    internal string ToHtml(HtmlSettings settings)
    {
        var html = new HtmlWriter(settings);
        html.Write($"<div class=\"wanlab\">\n");
        foreach (var block in _blocks) block.Write(html);
        html.Write($"</div>\n");
        if (html.HasFigures) html.Write($"{new RawHtml(settings.Plotly.Take())}");
        return html.ToString();
    }
}
