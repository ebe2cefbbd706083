namespace WanLab.Notebooks.Figures;

/// <summary>Draws the static picture of a bar figure.</summary>
internal static class BarSvg
{
    public static string Draw(BarFigure figure)
    {
        var tops = Enumerable.Range(0, figure.Places.Count)
            .SelectMany(k => figure.Stacked ? [figure.Series.Sum(s => s.Values[k])] : figure.Series.Select(s => s.Values[k]))
            .ToList();
        var canvas = new SvgCanvas(figure,
            tops.Count > 0 && figure.Series.Count > 1 ? figure.Series.Select(s => new LegendEntry(s.Name, s.Color)) : []);
        if (tops.Count == 0)
        {
            canvas.Empty("nothing to count");
            return canvas.Finish();
        }
        var scale = Scale.Linear(tops.Append(0).Append(tops.Max() == 0 ? 1 : 0));
        canvas.Down(figure.Percent
            ? scale.Ticks.Select(t => (t.Share, Numbers.Percent(double.Parse(t.Name, System.Globalization.CultureInfo.InvariantCulture))))
            : scale.Ticks);
        var place = 1.0 / figure.Places.Count;
        canvas.Across([.. figure.Places.Select((name, k) => ((k + 0.5) * place, name))]);
        for (var k = 0; k < figure.Places.Count; k++)
        {
            var below = 0.0;
            for (var s = 0; s < figure.Series.Count; s++)
            {
                var (value, color) = (figure.Series[s].Values[k], figure.Series[s].Color);
                var width = place * figure.Filled / (figure.Stacked ? 1 : figure.Series.Count);
                var left = (k + (1 - figure.Filled) / 2) * place + (figure.Stacked ? 0 : s * width);
                double top = canvas.Y(scale.Part(below + value)), bottom = canvas.Y(scale.Part(below));
                canvas.Add($"<rect x=\"{canvas.X(left)}\" y=\"{top}\" ",
                    $"width=\"{SvgCanvas.Round(canvas.X(left + width) - canvas.X(left))}\" height=\"{SvgCanvas.Round(bottom - top)}\" ",
                    $"fill=\"{color}\"/>");
                if (figure.Stacked) below += value;
            }
        }
        canvas.Legend();
        return canvas.Finish();
    }
}
