using System.Globalization;
using System.Text.RegularExpressions;

namespace WanLab.Notebooks.Blocks;

/// <summary>Brings the numbers of a table's column to one form: 0.0005 and 0.0020 instead of 5e-4 and 0.002.</summary>
internal static partial class NumberColumn
{
    // More decimals than these are hard to count; then all numbers have an exponent.
    private const int MostDecimals = 8;

    /// <summary>Whether every cell is a number, with a unit or a deviation or without, or empty.</summary>
    public static bool Is(IReadOnlyList<string> cells) =>
        cells.Any(cell => cell != "") && cells.All(cell => cell == "" || Number().IsMatch(cell) || Plain().IsMatch(cell));

    /// <summary>Rows whose columns of plain numbers have as many decimals in every cell.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Aligned(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0) return rows;
        var columns = Enumerable.Range(0, rows[0].Count).Select(c => Aligned([.. rows.Select(row => row[c])])).ToList();
        return [.. rows.Select((_, r) => (IReadOnlyList<string>)[.. columns.Select(column => column[r])])];
    }

    private static IReadOnlyList<string> Aligned(IReadOnlyList<string> cells)
    {
        var numbers = cells.Where(cell => cell != "").ToList();
        if (numbers.Count == 0 || !numbers.TrueForAll(cell => Plain().IsMatch(cell))) return cells;
        var parts = numbers.ConvertAll(cell => cell.Split(" ± ")).SelectMany(pair => pair).ToList();
        var decimals = parts.Max(Decimals);
        if (decimals == 0 && !parts.Exists(part => part.Contains('e', StringComparison.OrdinalIgnoreCase))) return cells;
        var format = decimals > MostDecimals ? "0.00e-0" : decimals == 0 ? "0" : "0." + new string('0', decimals);
        return [.. cells.Select(cell => cell == "" ? "" : string.Join(" ± ", cell.Split(" ± ").Select(part => Text(part, format))))];
    }

    private static int Decimals(string number)
    {
        var (digits, exponent) = number.ToLowerInvariant().Split('e') is [var first, var power]
            ? (first, int.Parse(power, CultureInfo.InvariantCulture)) : (number, 0);
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        return Math.Max(0, (point < 0 ? 0 : digits.Length - point - 1) - exponent);
    }

    // The sign of a difference stays, also before a plus.
    private static string Text(string number, string format)
    {
        var value = double.Parse(number, CultureInfo.InvariantCulture);
        return (number[0] == '+' ? "+" : "") + value.ToString(format, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^[+-]?[0-9][0-9.,]*(e-?[0-9]+)?( ?(%|[KMG]iB))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[+-]?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,3})?( ± [0-9]+(\.[0-9]+)?(e[+-]?[0-9]{1,3})?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
