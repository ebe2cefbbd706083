namespace WanLab.Notebooks.Blocks;

/// <summary>Rows of text. Columns of numbers are aligned to the right, all in one form and with the point at one place.</summary>
internal sealed record TableBlock(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block
{
    // A page's own table styles (a notebook's stripes, its black text) are for light pages alone.
    private const string Cell = "padding:3px 12px 3px 0;border:0;border-bottom:1px solid rgba(128,128,128,0.25);vertical-align:top;"
        + "background:transparent;";
    private const int ShortCell = 20; // up to here, a cell is not broken into lines

    private readonly bool[] _isNumeric = [.. Columns.Select((_, c) => NumberColumn.Is([.. Rows.Select(row => row[c])]))];

    /// <summary>The cells as they are shown.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; } = NumberColumn.Aligned(Rows);

    /// <summary>Cells that stand back behind the others.</summary>
    public IReadOnlySet<(int Row, int Column)> Quiet { get; init; } = new HashSet<(int, int)>();

    public override void Write(HtmlWriter html)
    {
        html.Write($"<div style=\"overflow-x:auto\"><table style=\"border-collapse:collapse;margin:0.4em 0;color:inherit\">\n");
        html.Write($"<tr style=\"background:transparent\">");
        for (var c = 0; c < Columns.Count; c++) html.Write($"<th style=\"{Cell}text-align:{Side(c)};opacity:0.7\">{Columns[c]}</th>");
        html.Write($"</tr>\n");
        foreach (var (r, row) in Rows.Index())
        {
            html.Write($"<tr style=\"background:transparent\">");
            for (var c = 0; c < Columns.Count; c++)
                html.Write($"<td style=\"{Cell}text-align:{Side(c)}{Lines(row[c])}{Back(r, c)}\">{row[c]}</td>");
            html.Write($"</tr>\n");
        }
        html.Write($"</table></div>\n");
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

    /// <summary>Whether every cell of a column is a number, or empty.</summary>
    public bool IsNumeric(int column) => _isNumeric[column];

    private int Width(int column) => Rows.Select(row => row[column].Length).Append(Columns[column].Length).Max();

    private string Side(int column) => IsNumeric(column) ? "right;font-variant-numeric:tabular-nums" : "left";

    private string Back(int row, int column) => Quiet.Contains((row, column)) ? ";opacity:0.6;font-style:italic" : "";

    private static string Lines(string cell) => cell.Length <= ShortCell ? ";white-space:nowrap" : ";overflow-wrap:anywhere;min-width:12em";
}
