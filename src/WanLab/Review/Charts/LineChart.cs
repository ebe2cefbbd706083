using System.Globalization;
using System.Text;

namespace WanLab.Review.Charts;

/// <summary>A point of a line: its height and how far the bar around it reaches up and down.</summary>
public readonly record struct ChartPoint(double X, double Y, double Spread = 0);

/// <summary>A line of a chart.</summary>
public sealed record ChartLine(string Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A static picture of a few lines, as SVG: it needs no script and looks the same everywhere.</summary>
public sealed record LineChart
{
    private const double Width = 640, Height = 360, Left = 64, Right = 16, Top = 40, Bottom = 48, LegendRow = 18;
    private static readonly string[] Colors = ["#2b6cb0", "#c05621", "#2f855a", "#6b46c1", "#b83280", "#4a5568"];

    /// <summary>Above the picture.</summary>
    public required string Title { get; init; }

    /// <summary>Below the horizontal axis.</summary>
    public required string AcrossTitle { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>A level to compare with, and what it is.</summary>
    public (string Name, double Value)? Reference { get; init; }

    /// <summary>Draws it.</summary>
    public string ToSvg()
    {
        var points = Lines.SelectMany(line => line.Points).ToList();
        if (points.Count == 0) throw new WanLabException($"The chart '{Title}' has no points to draw.");
        var across = Axis.Over(points.Select(p => p.X));
        var down = Axis.Over([.. points.Select(p => p.Y - p.Spread), .. points.Select(p => p.Y + p.Spread), .. Reference is { } r ? [r.Value] : Array.Empty<double>()]);
        var legend = Lines.Count + (Reference is null ? 0 : 1);
        var height = Height + legend * LegendRow;
        var svg = new StringBuilder();
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Line($"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        Line($"<text x=\"{Width / 2}\" y=\"22\" text-anchor=\"middle\" font-size=\"14\" font-weight=\"bold\" fill=\"#1a202c\">{Escape(Title)}</text>");
        foreach (var tick in down.Ticks())
        {
            Line($"<line x1=\"{Left}\" y1=\"{Y(tick)}\" x2=\"{Width - Right}\" y2=\"{Y(tick)}\" stroke=\"#e2e8f0\"/>");
            Line($"<text x=\"{Left - 8}\" y=\"{Y(tick) + 4}\" text-anchor=\"end\" fill=\"#4a5568\">{tick:0.####}</text>");
        }
        foreach (var tick in across.Ticks())
            Line($"<text x=\"{X(tick)}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\" fill=\"#4a5568\">{tick:0.####}</text>");
        Line($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\" fill=\"#4a5568\">{Escape(AcrossTitle)}</text>");
        if (Reference is { } level) Line($"<line x1=\"{Left}\" y1=\"{Y(level.Value)}\" x2=\"{Width - Right}\" y2=\"{Y(level.Value)}\" stroke=\"#718096\" stroke-dasharray=\"6 4\"/>");
        for (var i = 0; i < Lines.Count; i++) Draw(Lines[i], Colors[i % Colors.Length]);
        for (var i = 0; i < legend; i++) Legend(i);
        return svg.Append("</svg>\n").ToString();

        double X(double value) => Round(Left + across.Part(value) * (Width - Left - Right));
        double Y(double value) => Round(Height - Bottom - down.Part(value) * (Height - Top - Bottom));
        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void Draw(ChartLine line, string color)
        {
            Line($"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" points=\"{string.Join(' ', line.Points.Select(p => FormattableString.Invariant($"{X(p.X)},{Y(p.Y)}")))}\"/>");
            foreach (var p in line.Points)
            {
                if (p.Spread > 0) Line($"<line x1=\"{X(p.X)}\" y1=\"{Y(p.Y - p.Spread)}\" x2=\"{X(p.X)}\" y2=\"{Y(p.Y + p.Spread)}\" stroke=\"{color}\" stroke-opacity=\"0.45\" stroke-width=\"4\"/>");
                Line($"<circle cx=\"{X(p.X)}\" cy=\"{Y(p.Y)}\" r=\"3.5\" fill=\"{color}\"/>");
            }
        }

        void Legend(int row)
        {
            var y = Height + row * LegendRow;
            var (name, color, dash) = row < Lines.Count ? (Lines[row].Name, Colors[row % Colors.Length], "") : (Reference!.Value.Name, "#718096", " stroke-dasharray=\"6 4\"");
            Line($"<line x1=\"{Left}\" y1=\"{y - 4}\" x2=\"{Left + 24}\" y2=\"{y - 4}\" stroke=\"{color}\" stroke-width=\"2\"{dash}/>");
            Line($"<text x=\"{Left + 32}\" y=\"{y}\" fill=\"#1a202c\">{Escape(name)}</text>");
        }
    }

    private static double Round(double value) => Math.Round(value, 1);

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
