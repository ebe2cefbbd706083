using System.Text.Json.Nodes;

namespace WanLab.Notebooks.Figures;

/// <summary>A table of numbers as colours.</summary>
public sealed record HeatmapFigure : Figure
{
    private const int Height = 380;

    /// <summary>Names of the columns, from the left.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Names of the rows, from below.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Values by row, then column; null where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Cells { get; init; }

    /// <summary>What the colours stand for.</summary>
    public required string ValueTitle { get; init; }

    /// <inheritdoc/>
    public override string ToSvg() => HeatmapSvg.Draw(this);

    /// <inheritdoc/>
    public override string ToString() => HeatmapText.Draw(this);

    /// <summary>Least and largest value.</summary>
    internal (double Low, double High) Range
    {
        get
        {
            var values = Cells.SelectMany(row => row).OfType<double>().Where(double.IsFinite).ToList();
            return values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        }
    }

    internal override JsonObject ToPlotly()
    {
        var category = new JsonObject { ["type"] = "category" };
        return new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["type"] = "heatmap",
                ["x"] = Words(Columns),
                ["y"] = Words(Rows),
                ["z"] = new JsonArray([.. Cells.Select(Values)]),
                ["colorscale"] = new JsonArray([.. HeatColors.Stops.Select(stop => new JsonArray(stop.At, stop.Color))]),
                ["colorbar"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotlyText(ValueTitle) } },
                ["hoverongaps"] = false,
            }),
            ["layout"] = Layout(category, (JsonObject)category.DeepClone()),
            ["height"] = Height,
        };
    }
}
