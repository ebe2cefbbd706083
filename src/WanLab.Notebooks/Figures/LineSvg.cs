using System.Globalization;

namespace WanLab.Notebooks.Figures;

/// <summary>Draws the static picture of a line figure.</summary>
internal static class LineSvg
{
    private const int MostPoints = 700; // about one a pixel

    // As wide as a column of a dashboard and as high as the live plot that replaces it, so that its letters are as large.
    private const double ColumnWidth = 480;

    public static string Draw(LineFigure figure, bool inColumn = false)
    {
        var heights = figure.Lines.SelectMany(l => l.Y.Concat(Ends(l))).Where(double.IsFinite).ToList();
        var legend = figure.Lines.Where(l => l.InLegend).Select(l => new LegendEntry(l.Name, l.Color, l.Style));
        if (figure.Reference is { } named) legend = legend.Append(new LegendEntry(named.Name, Palette.Reference, LineStyle.Dashed));
        legend = heights.Count == 0 ? [] : legend;
        var canvas = inColumn
            ? new SvgCanvas(figure, legend, width: ColumnWidth, height: LineFigure.Height)
            : new SvgCanvas(figure, legend);
        if (heights.Count == 0)
        {
            canvas.Empty("nothing measured yet");
            return canvas.Finish();
        }
        if (figure.Reference is { } level) heights.Add(level.Value);
        if (figure.FromZero) heights.Add(0);
        var x = Scale.Linear(figure.Lines.SelectMany(l => l.X).Concat(figure.End is { } end ? [end] : []));
        var y = figure.Log ? Scale.Logarithmic(heights) : Scale.Linear(heights);
        canvas.Down(y.Ticks);
        canvas.Across(x.Ticks);
        if (figure.Reference is { } at)
            canvas.Add($"<line x1=\"{SvgCanvas.Left}\" y1=\"{canvas.Y(y.Part(at.Value))}\" x2=\"{canvas.RightEdge}\" ",
                $"y2=\"{canvas.Y(y.Part(at.Value))}\" stroke=\"{Palette.Reference}\" stroke-dasharray=\"6 4\"/>");
        foreach (var line in figure.Lines) Draw(canvas, line, x, y);
        canvas.Legend();
        return canvas.Finish();
    }

    private static void Draw(SvgCanvas canvas, Line line, Scale x, Scale y)
    {
        var (xs, ys) = Thinning.Of(line.X, line.Y, MostPoints);
        var width = line.Style == LineStyle.Faint ? 1 : 2;
        var pale = line.Style == LineStyle.Faint ? 0.35 : 1;
        var dash = line.Style == LineStyle.Dashed ? " stroke-dasharray=\"5 3\"" : "";
        // A value without a place, such as a loss that is not finite, interrupts the line.
        foreach (var piece in Pieces(xs, ys, y))
        {
            var points = string.Join(' ',
                piece.Select(p => string.Create(CultureInfo.InvariantCulture, $"{canvas.X(x.Part(p.X))},{canvas.Y(y.Part(p.Y))}")));
            canvas.Add($"<polyline fill=\"none\" stroke=\"{line.Color}\" stroke-width=\"{width}\" stroke-opacity=\"{pale}\" ",
                $"stroke-linejoin=\"round\"{dash} points=\"{points}\"/>");
        }
        if (line is { Low: { } low, High: { } high })
            for (var i = 0; i < line.X.Count; i++)
                if (low[i] is { } from && high[i] is { } to)
                    canvas.Add($"<line x1=\"{canvas.X(x.Part(line.X[i]))}\" y1=\"{canvas.Y(y.Part(from))}\" ",
                        $"x2=\"{canvas.X(x.Part(line.X[i]))}\" y2=\"{canvas.Y(y.Part(to))}\" stroke=\"{line.Color}\" ",
                        $"stroke-opacity=\"0.4\" stroke-width=\"5\"/>");
        if (line.Style == LineStyle.Dots)
            for (var i = 0; i < line.X.Count; i++)
                if (double.IsFinite(y.Part(line.Y[i])))
                    canvas.Add($"<circle cx=\"{canvas.X(x.Part(line.X[i]))}\" cy=\"{canvas.Y(y.Part(line.Y[i]))}\" r=\"3.5\" ",
                        $"fill=\"{line.Color}\"/>");
    }

    private static IEnumerable<List<(double X, double Y)>> Pieces(IReadOnlyList<double> xs, IReadOnlyList<double> ys, Scale y)
    {
        var piece = new List<(double, double)>();
        for (var i = 0; i < xs.Count; i++)
        {
            if (double.IsFinite(y.Part(ys[i]))) piece.Add((xs[i], ys[i]));
            else if (piece.Count > 0)
            {
                yield return piece;
                piece = [];
            }
        }
        if (piece.Count > 0) yield return piece;
    }

    private static IEnumerable<double> Ends(Line line) => (line.Low ?? []).Concat(line.High ?? []).OfType<double>();
}
