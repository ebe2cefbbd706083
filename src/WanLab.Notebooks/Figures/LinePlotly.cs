using System.Globalization;
using System.Text.Json.Nodes;

namespace WanLab.Notebooks.Figures;

/// <summary>Writes line figures for plotly.js.</summary>
internal static class LinePlotly
{
    private const int MostPoints = 2000;

    /// <summary>Data, layout and height.</summary>
    public static JsonObject Of(LineFigure figure)
    {
        var heights = figure.Heights;
        var y = new JsonObject
        {
            ["type"] = figure.Log ? "log" : "linear",
            ["rangemode"] = figure.FromZero ? "tozero" : "normal",
            ["exponentformat"] = "e",
            // Three digits, or whole numbers where there are more before the point.
            ["hoverformat"] = heights.Count > 0 && heights.Max(Math.Abs) >= 1000 ? ",.0f" : ".3~g",
        };
        if (Range(figure) is { } range) y["range"] = range;
        var layout = figure.Layout(y: y);
        layout["hovermode"] = figure.Readings.Count > 0 ? "x" : "x unified";
        layout["hoverdistance"] = 60;
        layout["shapes"] = new JsonArray([.. Shapes(figure)]);
        var spec = new JsonObject
        {
            ["data"] = new JsonArray([.. figure.Lines.Select(line => Trace(line, figure.ShowsDetail))]),
            ["layout"] = layout,
            ["height"] = LineFigure.Height,
        };
        if (figure.CanSwitchLog) spec["scales"] = true;
        if (figure.Readings.Count > 0)
            spec["readings"] = new JsonArray([.. figure.Readings.Select(reading => (JsonNode)new JsonObject
            {
                ["name"] = reading.Name,
                ["raw"] = reading.Raw,
                ["smoothed"] = reading.Smoothed,
            })]);
        if (!figure.ShowsDetail)
            spec["detail"] = new JsonObject
            {
                ["width"] = figure.DetailWidth,
                ["bridged"] = new JsonArray([.. figure.Lines.Select(line => double.IsFinite(line.Bridged)
                    ? JsonValue.Create(line.Bridged * Math.Max(1, 2.0 * line.X.Count / MostPoints)) : null)]),
            };
        return spec;
    }

    // Only where the data alone would stretch over next to nothing; elsewhere plotly.js chooses.
    private static JsonArray? Range(LineFigure figure)
    {
        var heights = figure.Heights;
        if (figure.Log || figure.FromZero || heights.Count == 0) return null;
        var (low, high) = SensibleRange.Of(heights.Min(), heights.Max());
        return low < heights.Min() ? new JsonArray(low, high) : null;
    }

    private static IEnumerable<JsonNode> Shapes(LineFigure figure)
    {
        foreach (var shade in figure.Shades)
        {
            // One path for all parts: a thousand rectangles would be slow.
            var path = string.Join(' ', shade.Spans.Select(span =>
                string.Create(CultureInfo.InvariantCulture, $"M{span.From},0H{span.To}V1H{span.From}Z")));
            yield return new JsonObject
            {
                ["type"] = "path",
                ["xref"] = "x",
                ["yref"] = "paper",
                ["path"] = path,
                ["layer"] = "below",
                ["fillcolor"] = shade.Color,
                ["opacity"] = Shade.Opacity,
                ["line"] = new JsonObject { ["width"] = 0 },
                ["visible"] = figure.ShowsDetail,
            };
        }
        if (figure.Reference is { } level)
            yield return Dashed(
                new JsonObject { ["xref"] = "paper", ["x0"] = 0, ["x1"] = 1, ["y0"] = level.Value, ["y1"] = level.Value },
                new JsonObject { ["text"] = Figure.PlotlyText(level.Name), ["textposition"] = "end" });
        if (figure.Mark is { } mark)
            yield return Dashed(
                new JsonObject { ["yref"] = "paper", ["x0"] = mark.X, ["x1"] = mark.X, ["y0"] = 0, ["y1"] = 1 },
                new JsonObject
                {
                    ["text"] = Figure.PlotlyText(mark.Name),
                    ["textposition"] = "end",
                    ["textangle"] = 0,
                    ["xanchor"] = mark.X > figure.Lines.SelectMany(line => line.X).Append(mark.X).Average() ? "right" : "left",
                });
    }

    private static JsonObject Dashed(JsonObject line, JsonObject label)
    {
        line["type"] = "line";
        line["line"] = new JsonObject { ["color"] = Palette.Reference, ["dash"] = "dash", ["width"] = 1 };
        label["font"] = new JsonObject { ["color"] = Palette.Reference, ["size"] = 11 };
        line["label"] = label;
        return line;
    }

    private static JsonObject Trace(Line line, bool withGaps)
    {
        var (x, y) = Thinning.Of(line.X, line.Y, MostPoints);
        if (withGaps) (x, y) = WithGaps(x, y, line.Bridged);
        var trace = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = line.Style == LineStyle.Dots ? "lines+markers" : "lines",
            ["name"] = Figure.PlotlyText(line.Name),
            ["showlegend"] = line.InLegend,
            ["x"] = Figure.Values(x.Select(v => (double?)v)),
            ["y"] = Figure.Values(y.Select(v => (double?)v)),
            ["line"] = new JsonObject
            {
                ["color"] = line.Color,
                ["width"] = line.Style == LineStyle.Faint ? 1 : 2,
                ["dash"] = line.Style == LineStyle.Dashed ? "dash" : "solid",
                ["simplify"] = false, // leaving out points makes corners in a smooth curve
            },
            ["opacity"] = line.Style == LineStyle.Faint ? 0.35 : 1,
        };
        if (line is { Low: { } low, High: { } high })
        {
            trace["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Figure.Values(high.Select((v, i) => v - line.Y[i])),
                ["arrayminus"] = Figure.Values(low.Select((v, i) => line.Y[i] - v)),
            };
        }
        return trace;
    }

    // A point without a height between two points that are too far from each other.
    private static (IReadOnlyList<double> X, IReadOnlyList<double> Y) WithGaps(
        IReadOnlyList<double> x, IReadOnlyList<double> y, double bridged)
    {
        var (xs, ys) = (new List<double>(), new List<double>());
        for (var k = 0; k < x.Count; k++)
        {
            if (k > 0 && x[k] - x[k - 1] > bridged)
            {
                xs.Add((x[k] + x[k - 1]) / 2);
                ys.Add(double.NaN);
            }
            xs.Add(x[k]);
            ys.Add(y[k]);
        }
        return (xs, ys);
    }
}
