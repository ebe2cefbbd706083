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

    /// <summary>The longest distance between two points that the line bridges; over a longer one it has a gap.</summary>
    internal double Bridged { get; init; } = double.PositiveInfinity;
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

    internal override JsonObject ToPlotly() => LinePlotly.Of(this);

    /// <summary>Pale grounds below the lines, such as the turns of the experts.</summary>
    internal IReadOnlyList<Shade> Shades { get; init; } = [];

    /// <summary>Name and place of an upright line.</summary>
    internal (string Name, double X)? Mark { get; init; }

    /// <summary>
    /// The widest range of the horizontal axis in which grounds and gaps can be seen. In a wider one they are left out, until someone
    /// zooms in.
    /// </summary>
    internal double DetailWidth { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Lines that hovering reads at one place, each with its smoothed one or -1: what was measured there, or whose turn it was not.
    /// </summary>
    internal IReadOnlyList<(string Name, int Raw, int Smoothed)> Readings { get; init; } = [];

    /// <summary>Whether grounds and gaps can be seen in the whole figure.</summary>
    internal bool ShowsDetail =>
        Lines.SelectMany(line => line.X).ToList() is not { Count: > 0 } all || all.Max() - all.Min() <= DetailWidth;

    /// <summary>All heights that must have a place on the vertical axis.</summary>
    internal IReadOnlyList<double> Heights
    {
        get
        {
            var all = Lines.SelectMany(l => l.Y.Concat((l.Low ?? []).Concat(l.High ?? []).OfType<double>())).Where(double.IsFinite)
                .ToList();
            if (all.Count == 0) return all;
            if (Reference is { } level) all.Add(level.Value);
            if (FromZero) all.Add(0);
            return all;
        }
    }
}
