using System.Collections;
using System.Text.Json.Nodes;
using Microsoft.Data.Analysis;
using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks.Views;

/// <summary>
/// Shows tables and charts of other libraries. Only Microsoft.Data.Analysis is referenced; the other types are found by name.
/// </summary>
internal static class ForeignViews
{
    /// <summary>Name of Deedle's type of frames.</summary>
    public const string DeedleFrame = "Deedle.Frame`2";

    /// <summary>Name of Plotly.NET's type of charts.</summary>
    public const string PlotlyChart = "Plotly.NET.GenericChart";

    private const int ShownRows = 20;

    // The kinds of traces that the plotly.js of WanLab can draw.
    private static readonly string[] Drawn = ["scatter", "bar", "pie"];

    /// <summary>The form of a value; null where it is none of these.</summary>
    public static Shown? Of(object value) => value switch
    {
        DataFrame frame => Shown.Of(Of(frame)),
        _ when Named(value.GetType(), DeedleFrame) is not null => Shown.Of(OfDeedle(value)),
        _ when Named(value.GetType(), PlotlyChart) is { } chart => OfChart(value, chart),
        _ => null,
    };

    /// <summary>The type of a name among a type and its bases; null if there is none.</summary>
    public static Type? Named(Type type, string name)
    {
        for (var at = type; at is not null; at = at.BaseType)
        {
            if ((at.IsGenericType ? at.GetGenericTypeDefinition() : at).FullName == name) return at;
        }
        return null;
    }

    private static IEnumerable<Block> Of(DataFrame frame) => Rows(
        [.. frame.Columns.Select(column => column.Name)],
        frame.Rows.Take(ShownRows).Select(row => (IReadOnlyList<string>)[.. row.Select(Table.Cell)]),
        frame.Rows.Count);

    private static IEnumerable<Block> OfDeedle(object frame)
    {
        var columns = ((IEnumerable)Get(frame, "ColumnKeys")!).Cast<object>().ToList();
        var rows = ((IEnumerable)Get(frame, "RowKeys")!).Cast<object>().ToList();
        var getColumn = frame.GetType().GetMethods()
            .Single(method => method.Name == "GetColumn" && method.GetParameters().Length == 1).MakeGenericMethod(typeof(object));
        var series = columns.Select(key => getColumn.Invoke(frame, [key])!).ToList();
        return Rows(
            ["", .. columns.Select(Table.Cell)],
            rows.Take(ShownRows).Select(key => (IReadOnlyList<string>)[Table.Cell(key), .. series.Select(column => Cell(column, key))]),
            rows.Count);

        static string Cell(object column, object key)
        {
            var found = column.GetType().GetMethod("TryGet", [key.GetType()])!.Invoke(column, [key])!;
            return (bool)Get(found, "HasValue")! ? Table.Cell(Get(found, "Value")) : "";
        }

        // Not by 'dynamic': a frame would look for a column of this name.
        static object? Get(object of, string property) => of.GetType().GetProperty(property)!.GetValue(of);
    }

    private static IEnumerable<Block> Rows(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, long count)
    {
        yield return new TableBlock(columns, [.. rows]);
        if (count > ShownRows) yield return new Paragraph($"and {count - ShownRows} more rows");
    }

    private static Shown OfChart(object chart, Type type)
    {
        var figure = JsonNode.Parse((string)type.GetMethod("toFigureJson")!.Invoke(null, [chart])!)!.AsObject();
        string[] kinds = [.. figure["data"]!.AsArray().Select(trace => (string?)trace!["type"] ?? "scatter")];
        var text = $"chart of Plotly.NET: {Numbers.Of(kinds.Length, "trace")} ({string.Join(", ", kinds.Distinct())})";
        return new Shown(
            () => kinds.All(Drawn.Contains)
                ? new Page([new ChartBlock(text, figure)]).ToHtml()
                : (string)type.GetMethod("toChartHTML")!.Invoke(null, [chart])!, // which fetches a whole plotly.js from the internet
            () => text + "\n");
    }
}
