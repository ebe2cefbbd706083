using System.Text;
using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks.Blocks;

/// <summary>A figure: live where scripts run, else its picture.</summary>
internal sealed record FigureBlock(Figure Figure) : Block
{
    /// <summary>Whether only the still picture is shown, so that a page renewed every second does not flicker.</summary>
    public bool Still { get; init; }

    /// <summary>Whether a terminal shows the figure.</summary>
    public bool InText { get; init; } = true;

    public override void Write(HtmlWriter html)
    {
        var svg = Still && Figure is LineFigure lines ? lines.ToColumnSvg() : Figure.ToSvg();
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        var id = html.Settings.NewId();
        html.Write($"<div id=\"{id}\" style=\"max-width:860px;margin:0.5em 0\"><img alt=\"{Figure.Title}\" style=\"max-width:100%\"");
        html.Write($" src=\"data:image/svg+xml;base64,{new RawHtml(picture)}\"></div>\n");
        if (Still) return;
        html.HasFigures = true;
        WriteScript(html, id, Figure.ToJson());
    }

    /// <summary>Writes a script that lets plotly.js draw in an element, at once or as soon as it is loaded.</summary>
    /// <param name="html">Receives the script.</param>
    /// <param name="id">The element.</param>
    /// <param name="json">Data, layout and height; its encoder must have escaped &lt;.</param>
    public static void WriteScript(HtmlWriter html, string id, string json)
    {
        var call = new RawHtml($"[\"{id}\",{json}]");
        html.Write($"<script>(function(f){{if(window.wanlab)window.wanlab.draw(f[0],f[1]);");
        html.Write($"else(window.wanlabWaiting=window.wanlabWaiting||[]).push(f);}})({call});</script>\n");
    }

    public override void Write(TextWriter text)
    {
        if (InText) text.WriteLine(Figure.ToString().TrimEnd());
    }
}
