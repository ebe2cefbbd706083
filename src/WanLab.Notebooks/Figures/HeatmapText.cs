using System.Text;

namespace WanLab.Notebooks.Figures;

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
