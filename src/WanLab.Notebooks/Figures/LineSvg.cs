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
        var heights = figure.Heights;
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
        var x = Scale.Linear(figure.Lines.SelectMany(l => l.X).Concat(figure.End is { } end ? [end] : []));
        var (low, high) = SensibleRange.Of(heights.Min(), heights.Max());
        var y = figure.Log ? Scale.Logarithmic(heights) : Scale.Linear([low, high]);
        if (figure.ShowsDetail)
            foreach (var shade in figure.Shades) Draw(canvas, shade, x);
        canvas.Down(y.Ticks);
        canvas.Across(x.Ticks);
        if (figure.Reference is { } at)
            canvas.Add($"<line x1=\"{SvgCanvas.Left}\" y1=\"{canvas.Y(y.Part(at.Value))}\" x2=\"{canvas.RightEdge}\" ",
                $"y2=\"{canvas.Y(y.Part(at.Value))}\" stroke=\"{Palette.Reference}\" stroke-dasharray=\"6 4\"/>");
        if (figure.Mark is { } mark)
        {
            var (place, isRight) = (canvas.X(x.Part(mark.X)), x.Part(mark.X) > 0.5);
            canvas.Add($"<line x1=\"{place}\" y1=\"{canvas.Y(1)}\" x2=\"{place}\" y2=\"{canvas.Y(0)}\" stroke=\"{Palette.Reference}\" ",
                $"stroke-dasharray=\"6 4\"/>");
            canvas.Add($"<text x=\"{place + (isRight ? -6 : 6)}\" y=\"{canvas.Y(1) + 12}\" text-anchor=\"{(isRight ? "end" : "start")}\" ",
                $"font-size=\"11\" fill=\"{Palette.Reference}\">{SvgCanvas.Escape(mark.Name)}</text>");
        }
        foreach (var line in figure.Lines) Draw(canvas, line, x, y, figure.ShowsDetail ? line.Bridged : double.PositiveInfinity);
        canvas.Legend();
        return canvas.Finish();
    }

    private static void Draw(SvgCanvas canvas, Shade shade, Scale x)
    {
        var path = string.Concat(shade.Spans.Select(span => string.Create(CultureInfo.InvariantCulture,
            $"M{canvas.X(x.Part(span.From))} {canvas.Y(0)}H{canvas.X(x.Part(span.To))}V{canvas.Y(1)}H{canvas.X(x.Part(span.From))}Z")));
        canvas.Add($"<path d=\"{path}\" fill=\"{shade.Color}\" fill-opacity=\"{Shade.Opacity}\"/>");
    }

    private static void Draw(SvgCanvas canvas, Line line, Scale x, Scale y, double bridged)
    {
        var (xs, ys) = Thinning.Of(line.X, line.Y, MostPoints);
        var width = line.Style == LineStyle.Faint ? 1 : 2;
        var pale = line.Style == LineStyle.Faint ? 0.35 : 1;
        var dash = line.Style == LineStyle.Dashed ? " stroke-dasharray=\"5 3\"" : "";
        // A value without a place, such as a loss that is not finite, interrupts the line, as a gap does.
        foreach (var piece in Pieces(xs, ys, y, bridged))
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

    private static IEnumerable<List<(double X, double Y)>> Pieces(
        IReadOnlyList<double> xs, IReadOnlyList<double> ys, Scale y, double bridged)
    {
        var piece = new List<(double X, double Y)>();
        for (var i = 0; i < xs.Count; i++)
        {
            var hasPlace = double.IsFinite(y.Part(ys[i]));
            if (piece.Count > 0 && (!hasPlace || xs[i] - piece[^1].X > bridged))
            {
                yield return piece;
                piece = [];
            }
            if (hasPlace) piece.Add((xs[i], ys[i]));
        }
        if (piece.Count > 0) yield return piece;
    }
}
