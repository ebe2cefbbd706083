using System.Text.Json.Nodes;

namespace WanLab.Notebooks.Figures;

/// <summary>Bars of one colour.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Values">A height for each of the figure's places.</param>
/// <param name="Color">Colour as #rrggbb.</param>
public sealed record Bars(string Name, IReadOnlyList<double> Values, string Color);

/// <summary>Bars over named places: a histogram, or parts of a whole.</summary>
public sealed record BarFigure : Figure
{
    private const int Height = 340;

    /// <summary>Names below the groups of bars, from the left.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>The bars, one list a colour.</summary>
    public required IReadOnlyList<Bars> Series { get; init; }

    /// <summary>Whether bars of one place are stacked instead of standing side by side.</summary>
    public bool Stacked { get; init; }

    /// <summary>Whether heights are shares of a whole.</summary>
    public bool Percent { get; init; }

    /// <summary>The share of a place's width that its bars fill: less with few places, so that bars are not too wide.</summary>
    internal double Filled => Places.Count < 4 ? 0.4 : 0.85;

    /// <inheritdoc/>
    public override string ToSvg() => BarSvg.Draw(this);

    internal override string ToText(int width) => BarText.Draw(this, width);

    internal override JsonObject ToPlotly()
    {
        var layout = Layout(new JsonObject { ["type"] = "category" }, Percent ? new JsonObject { ["tickformat"] = ".0%" } : null);
        layout["barmode"] = Stacked ? "stack" : "group";
        layout["bargap"] = 1 - Filled;
        layout["showlegend"] = Series.Count > 1;
        return new JsonObject { ["data"] = new JsonArray([.. Series.Select(Trace)]), ["layout"] = layout, ["height"] = Height };
    }

    private JsonObject Trace(Bars bars) => new()
    {
        ["type"] = "bar",
        ["name"] = PlotlyText(bars.Name),
        ["x"] = Words(Places),
        ["y"] = Values(bars.Values.Select(v => (double?)v)),
        ["marker"] = new JsonObject { ["color"] = bars.Color },
    };
}
