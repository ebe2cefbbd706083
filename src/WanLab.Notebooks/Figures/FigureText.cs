using System.Text;

namespace WanLab.Notebooks.Figures;

/// <summary>Lines in a terminal: a row of blocks for each, with its range.</summary>
internal static class LineText
{
    private const int Most = 60, Least = 20;
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static string Draw(LineFigure figure, int width)
    {
        var text = new StringBuilder($"{figure.Title}\n");
        var lines = figure.Lines.Where(line => line.Style != LineStyle.Faint && line.Y.Any(double.IsFinite)).ToList();
        var ranges = lines.Select(line => Range([.. line.Y.Where(double.IsFinite)])).ToList();
        var name = lines.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        var indent = name + 4;
        var room = width - indent - 2 - ranges.Select(range => range.Length).DefaultIfEmpty().Max();
        // Where a line's range does not fit next to it, it stands below.
        var (blocks, gap) = room < Least ? (Math.Min(Most, width - indent), "\n" + new string(' ', indent)) : (Math.Min(Most, room), "  ");
        for (var k = 0; k < lines.Count; k++)
            text.Append($"  {lines[k].Name.PadRight(name)}  {Spark(lines[k].Y, Math.Max(1, blocks))}{gap}{ranges[k]}\n");
        if (lines.Count == 0) text.Append("  nothing measured yet\n");
        return text.ToString();
    }

    private static string Range(IReadOnlyList<double> values) =>
        $"{Numbers.Short(values[0])} to {Numbers.Short(values[^1])}, "
        + $"least {Numbers.Short(values.Min())}, most {Numbers.Short(values.Max())}";

    /// <summary>Values as blocks of eight heights, the mean of neighbours where there are many.</summary>
    private static string Spark(IReadOnlyList<double> values, int width)
    {
        var columns = Math.Min(width, values.Count);
        var means = Enumerable.Range(0, columns).Select(Mean).ToList();
        var finite = means.Where(double.IsFinite).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        var differ = high - low > 1e-6 * Math.Abs(high); // rounding is no course
        return string.Concat(means.Select(m => double.IsFinite(m) ? Levels[Level(m)] : ' '));

        int Level(double mean) => differ ? (int)((mean - low) / (high - low) * (Levels.Length - 1) + 0.5) : 0;

        double Mean(int column)
        {
            var (from, to) = (column * values.Count / columns, (column + 1) * values.Count / columns);
            return values.Skip(from).Take(Math.Max(1, to - from)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        }
    }
}

/// <summary>Bars in a terminal: one line each.</summary>
internal static class BarText
{
    private const int Most = 40, Least = 8, Number = 7;

    public static string Draw(BarFigure figure, int width)
    {
        var text = new StringBuilder($"{figure.Title}\n");
        if (figure.Stacked) return Parts(figure, text, width);
        var most = figure.Series.SelectMany(s => s.Values).DefaultIfEmpty().Max();
        var place = figure.Places.Select(p => p.Length).DefaultIfEmpty().Max();
        var name = figure.Series.Count > 1 ? figure.Series.Max(s => s.Name.Length) + 2 : 0;
        var room = Room(width, 2 + place + 2 + name);
        for (var k = 0; k < figure.Places.Count; k++)
            for (var s = 0; s < figure.Series.Count; s++)
            {
                var value = figure.Series[s].Values[k];
                var number = figure.Percent ? Numbers.Percent(value) : Numbers.Short(value);
                var label = name > 0 ? figure.Series[s].Name.PadRight(name) : "";
                var line = $"  {(s == 0 ? figure.Places[k] : "").PadRight(place)}  {label}{number,Number} {Bar(value, most, room)}";
                text.Append(line.TrimEnd()).Append('\n');
            }
        if (figure.Places.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }

    // For parts of a whole: the average of each part.
    private static string Parts(BarFigure figure, StringBuilder text, int width)
    {
        var means = figure.Series.Select(s => (s.Name, Mean: s.Values.DefaultIfEmpty().Average())).ToList();
        var (name, most) = (means.Select(m => m.Name.Length).DefaultIfEmpty().Max(), means.Select(m => m.Mean).DefaultIfEmpty().Max());
        var room = Room(width, 2 + name + 2);
        foreach (var part in means)
        {
            var line = $"  {part.Name.PadRight(name)}  {Numbers.Short(part.Mean),Number} {Bar(part.Mean, most, room)}";
            text.Append(line.TrimEnd()).Append('\n');
        }
        if (means.Count == 0) text.Append("  nothing to count\n");
        return text.ToString();
    }

    private static int Room(int width, int before) => Math.Clamp(width - before - Number - 1, Least, Most);

    private static string Bar(double value, double most, int room) => new('#', most > 0 ? (int)Math.Round(value / most * room) : 0);
}

/// <summary>A heat map in a terminal: a few shades.</summary>
internal static class HeatmapText
{
    private const string Shades = "·░▒▓█";

    public static string Draw(HeatmapFigure figure, int width)
    {
        var (low, high) = figure.Range;
        var text = new StringBuilder($"{figure.Title}\n");
        var name = figure.Rows.Select(r => r.Length).DefaultIfEmpty().Max();
        var cell = name + 4 + 2 * figure.Columns.Count <= width ? 2 : 1;
        for (var r = figure.Rows.Count - 1; r >= 0; r--)
            text.Append($"  {figure.Rows[r].PadLeft(name)}  {string.Concat(figure.Cells[r].Select(Shade))}".TrimEnd()).Append('\n');
        if (figure.Rows.Count == 0) return text.Append("  nothing measured yet\n").ToString();
        text.Append($"  {figure.ValueTitle}: {Shades[0]} {Numbers.Short(low)} to {Shades[^1]} {Numbers.Short(high)}");
        return text.Append($"; {figure.XTitle}: {figure.Columns[0]} to {figure.Columns[^1]}\n").ToString();

        string Shade(double? value)
        {
            if (value is not { } v || !double.IsFinite(v)) return new string(' ', cell);
            return new string(Shades[high > low ? (int)((v - low) / (high - low) * (Shades.Length - 1) + 0.5) : 0], cell);
        }
    }
}
