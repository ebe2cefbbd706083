using System.Text;

namespace WanLab.Experiments;

/// <summary>A table of values with named columns.</summary>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The values, row by row: texts, numbers, <see cref="Spread"/>, or null for an empty cell.</param>
[TypeFormatterSource]
public sealed record ResultTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>The text of a value in a cell; numbers have four digits.</summary>
    public static string Text(object? value) => value switch
    {
        Spread { Count: 1 } spread => Numbers.FourDigits(spread.Mean),
        Spread spread => $"{Numbers.FourDigits(spread.Mean)} ± {Numbers.FourDigits(spread.Deviation)}",
        _ => Numbers.Cell(value, Numbers.FourDigits),
    };

    /// <summary>Writes the table as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        Line(Columns);
        Line(Columns.Select(_ => "---"));
        foreach (var row in Rows) Line(row.Select(Text));
        return text.ToString();

        // A cell must be one line, and a bar would end it.
        void Line(IEnumerable<string> cells) =>
            text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|").Replace('\n', ' '))).Append(" |\n");
    }

    /// <inheritdoc/>
    public override string ToString() => ToMarkdown();

    /// <summary>The table without columns in which no row has a value.</summary>
    internal ResultTable WithoutEmptyColumns()
    {
        var kept = Enumerable.Range(0, Columns.Count).Where(c => Rows.Any(row => row[c] is not null)).ToList();
        return new ResultTable([.. kept.Select(c => Columns[c])],
            [.. Rows.Select(row => (IReadOnlyList<object?>)[.. kept.Select(c => row[c])])]);
    }
}
