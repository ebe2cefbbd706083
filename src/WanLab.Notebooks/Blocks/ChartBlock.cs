using System.Text.Json.Nodes;

namespace WanLab.Notebooks.Blocks;

/// <summary>A chart that has no still picture: a line of text is shown until plotly.js draws it.</summary>
/// <param name="Words">One line about it.</param>
/// <param name="Figure">Data and layout for plotly.js.</param>
internal sealed record ChartBlock(string Words, JsonObject Figure) : Block
{
    private const int Height = 450;

    public override void Write(HtmlWriter html)
    {
        var id = html.Settings.NewId();
        var spec = new JsonObject
        {
            ["data"] = Figure["data"]!.DeepClone(),
            ["layout"] = Figure["layout"]?.DeepClone() ?? new JsonObject(),
            ["height"] = Figure["layout"]?["height"] is JsonValue height ? height.DeepClone() : Height,
        };
        ((JsonObject)spec["layout"]!).Remove("template"); // light colours, and 8 KB; the page's own are right in every theme
        html.Write($"<div id=\"{id}\" style=\"max-width:860px;margin:0.5em 0\"><div class=\"wanlab-still\">{Words}</div></div>\n");
        html.HasFigures = true;
        FigureBlock.WriteScript(html, id, spec.ToJsonString());
    }

    public override void Write(TextWriter text) => text.WriteLine($"  {Words}");
}
