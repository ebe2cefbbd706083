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
