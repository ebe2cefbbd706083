using System.Text;

namespace WanLab.Notebooks.Figures;

/// <summary>Lines in a terminal: a row of blocks for each, with its range.</summary>
internal static class LineText
{
    private const int Width = 60;
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static string Draw(LineFigure figure)
    {
        var text = new StringBuilder($"{figure.Title}\n");
        var lines = figure.Lines.Where(line => line.Style != LineStyle.Faint && line.Y.Any(double.IsFinite)).ToList();
        var name = lines.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        foreach (var line in lines)
        {
            var finite = line.Y.Where(double.IsFinite).ToList();
            text.Append($"  {line.Name.PadRight(name)}  {Spark(line.Y)}  {Numbers.Short(finite[0])} to {Numbers.Short(finite[^1])}, least {Numbers.Short(finite.Min())}, most {Numbers.Short(finite.Max())}\n");
        }
        if (lines.Count == 0) text.Append("  nothing measured yet\n");
        return text.ToString();
    }

    /// <summary>Values as blocks of eight heights, the mean of neighbours where there are many.</summary>
    private static string Spark(IReadOnlyList<double> values)
    {
        var columns = Math.Min(Width, values.Count);
        var means = Enumerable.Range(0, columns).Select(c => values.Skip(c * values.Count / columns).Take(Math.Max(1, (c + 1) * values.Count / columns - c * values.Count / columns)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()).ToList();
        var finite = means.Where(double.IsFinite).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        var differ = high - low > 1e-6 * Math.Abs(high); // rounding is no course
        return string.Concat(means.Select(m => !double.IsFinite(m) ? ' ' : Levels[differ ? (int)((m - low) / (high - low) * (Levels.Length - 1) + 0.5) : 0]));
    }
}

/// <summary>Bars in a terminal: one line each.</summary>
internal static class BarText
{
    private const int Width = 40;

    public static string Draw(BarFigure figure)
    {
        var text = new StringBuilder($"{figure.Title}\n");
        if (figure.Stacked) return Parts(figure, text);
        var most = figure.Series.SelectMany(s => s.Values).DefaultIfEmpty().Max();
        var place = figure.Places.Select(p => p.Length).DefaultIfEmpty().Max();
        var name = figure.Series.Count > 1 ? figure.Series.Max(s => s.Name.Length) : 0;
        for (var k = 0; k < figure.Places.Count; k++)
            for (var s = 0; s < figure.Series.Count; s++)
            {
                var value = figure.Series[s].Values[k];
                var bar = new string('#', most > 0 ? (int)Math.Round(value / most * Width) : 0);
                var number = figure.Percent ? Numbers.Percent(value) : Numbers.Short(value);
                text.Append($"  {(s == 0 ? figure.Places[k] : "").PadRight(place)}  {(name > 0 ? figure.Series[s].Name.PadRight(name) + "  " : "")}{number,7} {bar}".TrimEnd()).Append('\n');
            }
        if (figure.Places.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }

    // Of parts of a whole, what each is on average.
    private static string Parts(BarFigure figure, StringBuilder text)
    {
        var means = figure.Series.Select(s => (s.Name, Mean: s.Values.DefaultIfEmpty().Average())).ToList();
        var (name, most) = (means.Select(m => m.Name.Length).DefaultIfEmpty().Max(), means.Select(m => m.Mean).DefaultIfEmpty().Max());
        foreach (var part in means)
            text.Append($"  {part.Name.PadRight(name)}  {Numbers.Short(part.Mean),7} {new string('#', most > 0 ? (int)Math.Round(part.Mean / most * Width) : 0)}".TrimEnd()).Append('\n');
        if (means.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }
}

/// <summary>A heat map in a terminal: four shades.</summary>
internal static class HeatmapText
{
    private const string Shades = "·░▒▓█";

    public static string Draw(HeatmapFigure figure)
    {
        var (low, high) = figure.Range;
        var text = new StringBuilder($"{figure.Title}\n");
        var name = figure.Rows.Select(r => r.Length).DefaultIfEmpty().Max();
        for (var r = figure.Rows.Count - 1; r >= 0; r--)
            text.Append($"  {figure.Rows[r].PadLeft(name)}  {string.Concat(figure.Cells[r].Select(Shade))}".TrimEnd()).Append('\n');
        if (figure.Rows.Count == 0) text.Append("  nothing measured yet\n");
        else text.Append($"  {figure.ValueTitle}: {Shades[0]} {Numbers.Short(low)} to {Shades[^1]} {Numbers.Short(high)}; {figure.XTitle}: {figure.Columns[0]} to {figure.Columns[^1]}\n");
        return text.ToString();

        string Shade(double? value) => value is not { } v || !double.IsFinite(v) ? "  " : new string(Shades[high > low ? (int)((v - low) / (high - low) * (Shades.Length - 1) + 0.5) : 0], 2);
    }
}
