using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Figures;

/// <summary>
/// A plot. In a notebook plotly.js draws it, to hover over and to zoom; a static picture lies below and shows where scripts
/// may not run. In a terminal it is drawn with characters.
/// </summary>
[TypeFormatterSource]
public abstract record Figure
{
    private static readonly JsonSerializerOptions Json = new(); // whose encoder escapes <, so that no text ends the script

    /// <summary>Title above the picture.</summary>
    public required string Title { get; init; }

    /// <summary>Title below the horizontal axis.</summary>
    public string XTitle { get; init; } = "";

    /// <summary>Title next to the vertical axis.</summary>
    public string YTitle { get; init; } = "";

    /// <summary>The static picture, as SVG.</summary>
    public abstract string ToSvg();

    /// <summary>The picture in characters.</summary>
    public sealed override string ToString() => ToText(int.MaxValue);

    /// <summary>The picture in characters, for a terminal with this many columns.</summary>
    internal abstract string ToText(int width);

    /// <summary>As HTML: the static picture, and the script that puts a live one in its place.</summary>
    public string ToHtml() => new Page([new FigureBlock(this)]).ToHtml();

    /// <summary>Data, layout and height for plotly.js.</summary>
    internal abstract JsonObject ToPlotly();

    internal string ToJson()
    {
        var spec = ToPlotly();
        spec["title"] = Title; // the page writes it, where it can wrap; the layout's own is for charts outside of one
        return spec.ToJsonString(Json);
    }

    /// <summary>A layout with this figure's titles.</summary>
    internal JsonObject Layout(JsonObject? x = null, JsonObject? y = null) => new()
    {
        ["title"] = new JsonObject
        {
            ["text"] = $"<b>{PlotlyText(Title)}</b>",
            ["font"] = new JsonObject { ["size"] = 14 },
            ["x"] = 0,
            ["xref"] = "paper",
            ["xanchor"] = "left",
            ["y"] = 1,
            ["yref"] = "container",
            ["yanchor"] = "top",
            ["pad"] = new JsonObject { ["t"] = 12 },
        },
        ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = 70, ["b"] = 50 },
        ["hovermode"] = "closest",
        ["legend"] = new JsonObject { ["orientation"] = "h", ["y"] = 1.02, ["yanchor"] = "bottom", ["x"] = 0 },
        ["xaxis"] = With(x, PlotlyText(XTitle)),
        ["yaxis"] = With(y, PlotlyText(YTitle)),
    };

    internal static JsonArray Values(IEnumerable<double?> values) =>
        [.. values.Select(v => v is { } number && double.IsFinite(number) ? JsonValue.Create(double.Parse(number.ToString("G6",
            System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)) : null)];

    internal static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(PlotlyText(word)))];

    // plotly.js reads a little HTML in its texts.
    internal static string PlotlyText(string text) =>
        new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    private static JsonObject With(JsonObject? axis, string title)
    {
        axis ??= [];
        axis["title"] = new JsonObject { ["text"] = title };
        return axis;
    }
}
