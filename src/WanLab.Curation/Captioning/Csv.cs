using System.Text;

namespace WanLab.Curation.Captioning;

/// <summary>Values separated by commas, with quotes where a value holds commas, quotes or line ends (RFC 4180).</summary>
internal static class Csv
{
    /// <summary>A value as a cell.</summary>
    public static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",;\"\r\n\t") < 0 && text.Trim() == text ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    /// <summary>The rows of a text, each with its line. Where the first line has semicolons and no commas, they separate, as spreadsheets
    /// write it in some countries.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var first = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var comma = !first.Contains(',') && first.Contains(';') ? ';' : ',';
        var (cells, cell, quoted, line, from) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var k = 0; k < text.Length; k++)
        {
            var c = text[k];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (k + 1 < text.Length && text[k + 1] == '"') cell.Append(text[k++]);
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0) quoted = true;
            else if (c == comma) Next();
            else if (c == '\n')
            {
                Next();
                yield return (from, cells);
                (cells, from) = ([], line);
            }
            else if (c != '\r' || k + 1 >= text.Length || text[k + 1] != '\n') cell.Append(c);
        }
        if (cell.Length == 0 && cells.Count == 0) yield break;
        Next();
        yield return (from, cells);

        void Next()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }
}
