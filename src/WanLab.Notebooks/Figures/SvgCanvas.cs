using System.Globalization;
using System.Text;

namespace WanLab.Notebooks.Figures;

/// <summary>The frame that static pictures share: a light card with title, legend and axes, readable on white and on black pages.</summary>
internal sealed class SvgCanvas
{
    public const double Left = 68, Right = 18, Top = 62, Bottom = 48;
    private const double Width = 720, Height = 360;
    private const string Ink = "#1a202c", Pale = "#4a5568", GridColor = "#e2e8f0";
    private const double LegendRow = 18;
    private readonly StringBuilder _svg = new();
    private readonly List<(LegendEntry Entry, double X, double Y)> _legend = [];
    private readonly double _width, _height;
    private readonly double _down; // how far the rows of a long legend move the plot

    public SvgCanvas(Figure figure, IEnumerable<LegendEntry> legend, double right = Right, double width = Width, double height = Height)
    {
        (_width, _height) = (width, height);
        RightEdge = width - right;
        Place(legend);
        _down = _legend.Count == 0 ? 0 : _legend[^1].Y - _legend[0].Y;
        height += _down;
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" ",
            $"font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#ffffff\"/>");
        Add($"<text x=\"{Left}\" y=\"24\" font-size=\"14\" font-weight=\"bold\" fill=\"{Ink}\">{Escape(figure.Title)}</text>");
        Add($"<text x=\"{(Left + RightEdge) / 2}\" y=\"{height - 10}\" text-anchor=\"middle\" ",
            $"fill=\"{Pale}\">{Escape(figure.XTitle)}</text>");
        Add($"<text transform=\"translate(14 {(Top + _height - Bottom) / 2 + _down}) rotate(-90)\" text-anchor=\"middle\" ",
            $"fill=\"{Pale}\">{Escape(figure.YTitle)}</text>");
    }

    /// <summary>The x coordinate of the plot's right edge.</summary>
    public double RightEdge { get; }

    /// <summary>The x coordinate of a share of the horizontal axis.</summary>
    public double X(double share) => Round(Left + share * (RightEdge - Left));

    /// <summary>The y coordinate of a share of the vertical axis, from below.</summary>
    public double Y(double share) => Round(_down + _height - Bottom - share * (_height - Top - Bottom));

    /// <summary>Adds an element, whose text may come in pieces.</summary>
    public void Add(params FormattableString[] pieces)
    {
        foreach (var piece in pieces) _svg.Append(piece.ToString(CultureInfo.InvariantCulture));
        _svg.Append('\n');
    }

    /// <summary>Draws the vertical axis: the name of each tick and, if wanted, a line across.</summary>
    public void Down(IEnumerable<(double Share, string Name)> ticks, bool grid = true)
    {
        foreach (var (share, name) in ticks)
        {
            if (grid) Add($"<line x1=\"{Left}\" y1=\"{Y(share)}\" x2=\"{RightEdge}\" y2=\"{Y(share)}\" stroke=\"{GridColor}\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{Round(Y(share) + 4)}\" text-anchor=\"end\" fill=\"{Pale}\">{Escape(name)}</text>");
        }
    }

    /// <summary>Draws names below the plot, and thins them so that they do not overlap.</summary>
    public void Across(IReadOnlyList<(double Share, string Name)> ticks)
    {
        const double letter = 7;
        var room = ticks.Count == 0 ? 1 : ticks.Max(t => t.Name.Length + 1) * letter * ticks.Count / (RightEdge - Left);
        var every = Math.Max(1, (int)Math.Ceiling(room));
        for (var k = 0; k < ticks.Count; k += every)
            Add($"<text x=\"{X(ticks[k].Share)}\" y=\"{_down + _height - Bottom + 18}\" text-anchor=\"middle\" ",
                $"fill=\"{Pale}\">{Escape(ticks[k].Name)}</text>");
    }

    /// <summary>Draws names and colours, in rows below the title.</summary>
    public void Legend()
    {
        foreach (var ((name, color, style), x, y) in _legend)
        {
            var pale = style == LineStyle.Faint ? 0.4 : 1;
            var dash = style == LineStyle.Dashed ? " stroke-dasharray=\"5 3\"" : "";
            Add($"<line x1=\"{Round(x)}\" y1=\"{y}\" x2=\"{Round(x + 20)}\" y2=\"{y}\" stroke=\"{color}\" stroke-opacity=\"{pale}\" ",
                $"stroke-width=\"3\"{dash}/>");
            Add($"<text x=\"{Round(x + 25)}\" y=\"{y + 4}\" fill=\"{Ink}\">{Escape(name)}</text>");
        }
    }

    /// <summary>Writes a remark in the middle, where there is nothing to draw.</summary>
    public void Empty(string words) => Add($"<text x=\"{(Left + RightEdge) / 2}\" y=\"{(Top + _height - Bottom) / 2}\" ",
        $"text-anchor=\"middle\" fill=\"{Pale}\">{Escape(words)}</text>");

    /// <summary>Ends the picture and returns its text.</summary>
    public string Finish() => _svg.Append("</svg>\n").ToString();

    public static double Round(double value) => Math.Round(value, 1);

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private void Place(IEnumerable<LegendEntry> legend)
    {
        const double letter = 6.4, gap = 46, first = 44;
        var (x, y) = (Left, first);
        foreach (var entry in legend)
        {
            var width = entry.Name.Length * letter + gap;
            if (x > Left && x + width > _width) (x, y) = (Left, y + LegendRow);
            _legend.Add((entry, x, y));
            x += width;
        }
    }
}

/// <summary>An entry of the legend: a name, and how its line is drawn.</summary>
internal readonly record struct LegendEntry(string Name, string Color, LineStyle Style = LineStyle.Line);
