namespace WanLab.Notebooks.Blocks;

/// <summary>A progress bar.</summary>
internal sealed record Progress(int Done, int Total) : Block
{
    private const int TextWidth = 40;

    /// <summary>The share that is done, from 0 to 1.</summary>
    public double Share => Total == 0 ? 0 : Math.Clamp((double)Done / Total, 0, 1);

    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"height:10px;max-width:640px;background:rgba(128,128,128,0.25);border-radius:5px;margin:6px 0\">");
        html.Write($"<div style=\"height:10px;width:{Share:0.0%};background:#3182ce;border-radius:5px\"></div></div>\n");
    }

    public override void Write(TextWriter text)
    {
        var filled = (int)(Share * TextWidth);
        text.WriteLine($"  [{new string('#', filled)}{new string('.', TextWidth - filled)}] {Numbers.Percent(Share)}");
    }
}
