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
        if (figure.HasNumbers && WithNumbers(figure, name, width) is { } numbers) return text.Append(numbers).ToString();
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

    // A few cells as a table; null where it is too wide.
    private static string? WithNumbers(HeatmapFigure figure, int name, int width)
    {
        var cells = figure.Cells.Select(row => row.Select(Number).ToList()).ToList();
        var column = cells.SelectMany(row => row).Concat(figure.Columns).Max(cell => cell.Length);
        if (name + 4 + (column + 2) * figure.Columns.Count > width) return null;
        var text = new StringBuilder();
        for (var r = figure.Rows.Count - 1; r >= 0; r--) Line(figure.Rows[r], cells[r]);
        Line("", figure.Columns);
        var down = figure.YTitle == "" ? "" : $", down: {figure.YTitle}";
        return text.Append($"  {figure.ValueTitle}; across: {figure.XTitle}{down}\n").ToString();

        void Line(string first, IReadOnlyList<string> rest) =>
            text.Append($"  {first.PadLeft(name)}{string.Concat(rest.Select(cell => "  " + cell.PadLeft(column)))}".TrimEnd()).Append('\n');

        static string Number(double? value) => value is { } number && double.IsFinite(number) ? HeatmapFigure.Number(number) : "-";
    }
}
