using Microsoft.Data.Analysis;
using WanLab.Experiments;
using WanLab.Models;

namespace WanLab.Notebooks;

/// <summary>Rows of text with a name for each column.</summary>
[TypeFormatterSource]
public sealed record Table
{
    /// <summary>Names of the columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The cells, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    // The values that the texts were made of; null where there were only texts.
    private IReadOnlyList<IReadOnlyList<object?>>? Values { get; init; }

    /// <summary>A row for each item: <c>Table.Of(runs, ("run", r => r.Name), ("loss", r => r.Loss))</c>.</summary>
    /// <param name="items">The items.</param>
    /// <param name="columns">Name and value of each column. Numbers are written with four digits.</param>
    public static Table Of<T>(IEnumerable<T> items, params (string Name, Func<T, object?> Value)[] columns)
    {
        IReadOnlyList<IReadOnlyList<object?>> values =
            [.. items.Select(item => (IReadOnlyList<object?>)[.. columns.Select(column => column.Value(item))])];
        return new()
        {
            Columns = [.. columns.Select(column => column.Name)],
            Values = values,
            Rows = [.. values.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)])],
        };
    }

    /// <summary>The table of an experiment's result; where it shows mean and deviation, its data has the mean.</summary>
    /// <param name="table">The table.</param>
    public static Table Of(ResultTable table) => new()
    {
        Columns = table.Columns,
        Values =
        [
            .. table.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(value => value is Spread spread ? spread.Mean : value)]),
        ],
        Rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(ResultTable.Text)])],
    };

    /// <summary>The data, to filter, group and join: numbers with all their digits where the table was made of numbers.</summary>
    public DataFrame ToDataFrame() => DataFrames.Of(Columns, Values ?? Rows);

    /// <inheritdoc/>
    public override string ToString() => Pages.Of(this)!.Text();

    internal static string Cell(object? value) => value is Expert expert ? expert.Title() : Numbers.Cell(value, Numbers.Short);
}
