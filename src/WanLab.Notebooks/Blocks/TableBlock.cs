using System.Text.RegularExpressions;

namespace WanLab.Notebooks.Blocks;

/// <summary>Rows of text. Columns in which every cell is a number are aligned to the right.</summary>
internal sealed partial record TableBlock(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    private const string Cell = "padding:3px 12px 3px 0;border-bottom:1px solid rgba(128,128,128,0.25);vertical-align:top;";

    public override void Write(HtmlWriter html)
    {
        html.Write($"<table style=\"border-collapse:collapse;margin:0.4em 0\">\n<tr>");
        for (var c = 0; c < Columns.Count; c++) html.Write($"<th style=\"{Cell}text-align:{Side(c)};opacity:0.7\">{Columns[c]}</th>");
        html.Write($"</tr>\n");
        foreach (var row in Rows)
        {
            html.Write($"<tr>");
            for (var c = 0; c < Columns.Count; c++) html.Write($"<td style=\"{Cell}text-align:{Side(c)}\">{row[c]}</td>");
            html.Write($"</tr>\n");
        }
        html.Write($"</table>\n");
    }

    public override void Write(TextWriter text)
    {
        Line(Columns);
        text.WriteLine("  " + string.Join("  ", Enumerable.Range(0, Columns.Count).Select(c => new string('-', Width(c)))));
        foreach (var row in Rows) Line(row);

        void Line(IReadOnlyList<string> cells) =>
            text.WriteLine(("  " + string.Join("  ", cells.Select(Padded))).TrimEnd());

        string Padded(string cell, int c) => IsNumeric(c) ? cell.PadLeft(Width(c)) : cell.PadRight(Width(c));
    }

    private int Width(int column) => Rows.Select(row => row[column].Length).Append(Columns[column].Length).Max();

    private string Side(int column) => IsNumeric(column) ? "right" : "left";

    /// <summary>Whether every cell of a column is a number, or empty.</summary>
    public bool IsNumeric(int column) =>
        Rows.Any(row => row[column] != "") && Rows.All(row => row[column] == "" || Number().IsMatch(row[column]));

    [GeneratedRegex("^[+-]?[0-9][0-9.,]*(e-?[0-9]+)?( ?(%|[KMG]iB))?$")]
    private static partial Regex Number();
}
