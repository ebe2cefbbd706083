namespace WanLab.Notebooks.Figures;

/// <summary>Draws the static picture of a heat map.</summary>
internal static class HeatmapSvg
{
    private const double KeyRoom = 96, KeyWidth = 14;
    private const int KeySteps = 40;

    public static string Draw(HeatmapFigure figure)
    {
        var canvas = new SvgCanvas(figure with { XTitle = figure.XTitleWithHoles }, [], KeyRoom);
        int rows = figure.Rows.Count, columns = figure.Columns.Count;
        if (rows == 0 || columns == 0)
        {
            canvas.Empty("nothing measured yet");
            return canvas.Finish();
        }
        var range = figure.Range;
        var (low, high) = range;
        if (figure.HasHoles)
            canvas.Add($"<rect x=\"{canvas.X(0)}\" y=\"{canvas.Y(1)}\" width=\"{SvgCanvas.Round(canvas.X(1) - canvas.X(0))}\" ",
                $"height=\"{SvgCanvas.Round(canvas.Y(0) - canvas.Y(1))}\" fill=\"#dcdfe4\"/>");
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++)
                if (figure.Cells[r][c] is { } value && double.IsFinite(value))
                    Cell(r, c, value, HeatmapFigure.Share(value, range));
        canvas.Down(figure.Rows.Select((name, r) => ((r + 0.5) / rows, name)), grid: false);
        canvas.Across([.. figure.Columns.Select((name, c) => ((c + 0.5) / columns, name))]);
        Key(low, high);
        return canvas.Finish();

        void Cell(int r, int c, double value, double share)
        {
            Box(canvas.X((double)c / columns), canvas.Y((r + 1.0) / rows), canvas.X((c + 1.0) / columns), canvas.Y((double)r / rows),
                share);
            if (figure.HasNumbers)
                canvas.Add($"<text x=\"{canvas.X((c + 0.5) / columns)}\" y=\"{SvgCanvas.Round(canvas.Y((r + 0.5) / rows) + 4)}\" ",
                    $"text-anchor=\"middle\" fill=\"{HeatColors.Ink(share)}\">{HeatmapFigure.Number(value)}</text>");
        }

        void Box(double left, double top, double right, double bottom, double share) =>
            canvas.Add($"<rect x=\"{left}\" y=\"{top}\" width=\"{SvgCanvas.Round(right - left + 0.3)}\" ",
                $"height=\"{SvgCanvas.Round(bottom - top + 0.3)}\" fill=\"{HeatColors.At(share)}\"/>");

        void Key(double from, double to)
        {
            var left = canvas.RightEdge + 14;
            for (var k = 0; k < KeySteps; k++)
                Box(left, canvas.Y((k + 1.0) / KeySteps), left + KeyWidth, canvas.Y((double)k / KeySteps), (k + 0.5) / KeySteps);
            foreach (var (share, value) in new[] { (0.0, from), (0.5, (from + to) / 2), (1.0, to) })
                canvas.Add($"<text x=\"{left + KeyWidth + 5}\" y=\"{canvas.Y(share) + 4}\" fill=\"#4a5568\">{Numbers.Short(value)}</text>");
            canvas.Add($"<text x=\"{left + KeyWidth}\" y=\"{SvgCanvas.Top - 12}\" text-anchor=\"middle\" ",
                $"fill=\"#4a5568\">{SvgCanvas.Escape(figure.ValueTitle)}</text>");
        }
    }
}
