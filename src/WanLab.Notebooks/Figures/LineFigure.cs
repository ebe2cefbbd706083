using System.Text.Json.Nodes;
using WanLab.Experiments;

namespace WanLab.Notebooks.Figures;

/// <summary>Ways to draw a line.</summary>
public enum LineStyle
{
    /// <summary>A solid line.</summary>
    Line,

    /// <summary>A thin pale line, behind the others.</summary>
    Faint,

    /// <summary>A line with a dot at each point.</summary>
    Dots,

    /// <summary>A dashed line.</summary>
    Dashed,
}

/// <summary>A line of a figure.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="X">Horizontal positions, ascending.</param>
/// <param name="Y">Heights, one for each position; values that are not finite are left out.</param>
/// <param name="Color">Colour as #rrggbb.</param>
/// <param name="Style">The way it is drawn.</param>
public sealed record Line(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, string Color, LineStyle Style = LineStyle.Line)
{
    /// <summary>Lower ends of an interval around each point, or none.</summary>
    public IReadOnlyList<double?>? Low { get; init; }

    /// <summary>Upper ends of the interval, or none.</summary>
    public IReadOnlyList<double?>? High { get; init; }

    /// <summary>Whether the legend names the line.</summary>
    public bool InLegend { get; init; } = true;
}

/// <summary>Lines over a common axis.</summary>
public sealed record LineFigure : Figure
{
    internal const int Height = 380;

    /// <summary>The lines, drawn in this order.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>The end of the horizontal axis of the picture; null: that of the lines.</summary>
    internal double? End { get; private init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool Log { get; init; }

    /// <summary>Whether buttons switch between the linear and the logarithmic axis.</summary>
    public bool CanSwitchLog { get; init; }

    /// <summary>Whether the vertical axis begins at 0.</summary>
    public bool FromZero { get; init; }

    /// <summary>Name and value of a level to compare with.</summary>
    public (string Name, double Value)? Reference { get; init; }

    /// <summary>A measure of an experiment by step, with its deviation as bars.</summary>
    public static LineFigure Of(Course course) => new()
    {
        Title = course.Title,
        XTitle = "step",
        Reference = course.Reference,
        Lines = [.. course.Lines.Select((line, k) => new Line(line.Name, [.. line.Points.Select(p => (double)p.Step)],
            [.. line.Points.Select(p => p.Values.Mean)], Palette.At(k), LineStyle.Dots)
        {
            Low = [.. line.Points.Select(p => (double?)(p.Values.Mean - p.Values.Deviation))],
            High = [.. line.Points.Select(p => (double?)(p.Values.Mean + p.Values.Deviation))],
        })],
    };

    /// <summary>The figure with a horizontal axis that reaches to a value that the lines will have in the end.</summary>
    internal LineFigure Reaching(double end) => this with { End = end };

    /// <summary>The static picture for a column of a dashboard.</summary>
    internal string ToColumnSvg() => LineSvg.Draw(this, inColumn: true);

    /// <inheritdoc/>
    public override string ToSvg() => LineSvg.Draw(this);

    internal override string ToText(int width) => LineText.Draw(this, width);

    internal override JsonObject ToPlotly()
    {
        var layout = Layout(y: new JsonObject
        {
            ["type"] = Log ? "log" : "linear",
            ["rangemode"] = FromZero ? "tozero" : "normal",
            ["exponentformat"] = "e",
        });
        layout["hovermode"] = "x unified";
        layout["hoverdistance"] = 60;
        if (Reference is { } level)
        {
            layout["shapes"] = new JsonArray(new JsonObject
            {
                ["type"] = "line",
                ["xref"] = "paper",
                ["x0"] = 0,
                ["x1"] = 1,
                ["y0"] = level.Value,
                ["y1"] = level.Value,
                ["line"] = new JsonObject { ["color"] = Palette.Reference, ["dash"] = "dash", ["width"] = 1 },
                ["label"] = new JsonObject
                {
                    ["text"] = PlotlyText(level.Name),
                    ["textposition"] = "end",
                    ["font"] = new JsonObject { ["color"] = Palette.Reference, ["size"] = 11 },
                },
            });
        }
        if (CanSwitchLog) layout["updatemenus"] = new JsonArray(ScaleButtons());
        return new JsonObject { ["data"] = new JsonArray([.. Lines.Select(Trace)]), ["layout"] = layout, ["height"] = Height };
    }

    private JsonObject ScaleButtons() => new()
    {
        ["type"] = "buttons",
        ["direction"] = "right",
        ["showactive"] = false,
        ["x"] = 1,
        ["xanchor"] = "right",
        ["y"] = -0.12,
        ["yanchor"] = "top", // next to the axis title
        ["buttons"] = new JsonArray(Button("linear"), Button("log")),
    };

    private static JsonObject Button(string scale) => new()
    {
        ["label"] = scale,
        ["method"] = "relayout",
        ["args"] = new JsonArray(new JsonObject { ["yaxis.type"] = scale, ["yaxis.autorange"] = true }),
    };

    private static JsonObject Trace(Line line)
    {
        var (x, y) = Thinning.Of(line.X, line.Y);
        var trace = new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = line.Style == LineStyle.Dots ? "lines+markers" : "lines",
            ["name"] = PlotlyText(line.Name),
            ["showlegend"] = line.InLegend,
            ["x"] = Values(x.Select(v => (double?)v)),
            ["y"] = Values(y.Select(v => (double?)v)),
            ["line"] = new JsonObject
            {
                ["color"] = line.Color,
                ["width"] = line.Style == LineStyle.Faint ? 1 : 2,
                ["dash"] = line.Style == LineStyle.Dashed ? "dash" : "solid",
            },
            ["opacity"] = line.Style == LineStyle.Faint ? 0.35 : 1,
        };
        if (line is { Low: { } low, High: { } high })
        {
            trace["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Values(high.Select((v, i) => v - line.Y[i])),
                ["arrayminus"] = Values(low.Select((v, i) => line.Y[i] - v)),
            };
        }
        return trace;
    }
}
