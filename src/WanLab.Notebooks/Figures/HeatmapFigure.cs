using System.Globalization;
using System.Text.Json.Nodes;
using WanLab.Experiments;

namespace WanLab.Notebooks.Figures;

/// <summary>A table of numbers as colours.</summary>
public sealed record HeatmapFigure : Figure
{
    private const int Height = 380, MostNames = 10, MostNumberedRows = 8, MostNumberedColumns = 8;
    private const double NoiseSpans = 4; // a range of this many deviations between seeds is not made of noise

    /// <summary>Names of the columns, from the left.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Names of the rows, from below.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Values by row, then column; null where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Cells { get; init; }

    /// <summary>Name of the measure that the colours show.</summary>
    public required string ValueTitle { get; init; }

    /// <summary>The least difference that the colours span: smaller differences look alike.</summary>
    public double LeastSpan { get; init; }

    /// <summary>A measure of an experiment by two settings, the mean over seeds.</summary>
    /// <param name="result">The experiment's result.</param>
    /// <param name="measure">The name of the measure's column.</param>
    /// <param name="rows">The setting whose values are the rows, such as <c>target.rank</c>.</param>
    /// <param name="columns">The setting whose values are the columns.</param>
    /// <param name="leastSpan">The least difference that the colours span; with several seeds, it is also four of their deviations.</param>
    /// <exception cref="WanLabException">The result has no such measure or setting.</exception>
    public static HeatmapFigure Of(ExperimentResult result, string measure, string rows, string columns, double leastSpan = 0)
    {
        if (!result.Measures.Contains(measure))
            throw new WanLabException($"'{measure}' was not measured. There are: {string.Join("; ", result.Measures)}.");
        string Setting(ExperimentRow row, string key) => result.Setting(row, key) ?? throw new WanLabException(
            $"{row.Trial}: the job has no setting {key}. The runs differ in: {string.Join(", ", result.Varied)}.");
        var cells = result.Rows.Where(row => row.Run is not null)
            .Select(row => (Row: Setting(row, rows), Column: Setting(row, columns), Value: row[measure]))
            .ToList();
        string[] down = [.. cells.Select(cell => cell.Row).Distinct()], across = [.. cells.Select(cell => cell.Column).Distinct()];
        return new HeatmapFigure
        {
            Title = $"{measure} by {rows} and {columns}",
            XTitle = columns,
            YTitle = rows,
            ValueTitle = measure,
            LeastSpan = Math.Max(leastSpan, NoiseSpans * Noise(cells.Select(cell => (cell.Row + "\n" + cell.Column, cell.Value)))),
            Rows = down,
            Columns = across,
            Cells = [.. down.Select(row => (IReadOnlyList<double?>)
            [
                .. across.Select(column => cells.Where(cell => cell.Row == row && cell.Column == column).Average(cell => cell.Value)),
            ])],
        };
    }

    /// <inheritdoc/>
    public override string ToSvg() => HeatmapSvg.Draw(this);

    internal override string ToText(int width) => HeatmapText.Draw(this, width);

    /// <summary>The ends of the colours: the least and the largest value, but never closer than what matters.</summary>
    internal (double Low, double High) Range
    {
        get
        {
            var values = Cells.SelectMany(row => row).OfType<double>().Where(double.IsFinite).ToList();
            if (values.Count == 0) return (0, 1);
            var range = SensibleRange.Of(values.Min(), values.Max(), LeastSpan);
            return range.High > range.Low ? range : (range.Low - 0.5, range.High + 0.5); // all are 0: the middle colour
        }
    }

    /// <summary>Whether the cells are few enough to have their numbers in them.</summary>
    internal bool HasNumbers => Rows.Count is > 0 and <= MostNumberedRows && Columns.Count <= MostNumberedColumns;

    /// <summary>Whether a cell has no value, and so no colour.</summary>
    internal bool HasHoles => Cells.Any(row => row.Any(cell => cell is not { } value || !double.IsFinite(value)));

    /// <summary>The title of the horizontal axis, which also says what grey is where a cell is.</summary>
    internal string XTitleWithHoles => HasHoles ? $"{XTitle}{(XTitle == "" ? "" : "  ")}(grey: no value)" : XTitle;

    /// <summary>The text in a cell.</summary>
    internal static string Number(double value) => Numbers.Short(double.Parse(value.ToString("G3", CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture));

    // The smallest bundle of plotly.js has bars but no heat maps: each row is a trace of bars of height 1, coloured by value.
    internal override JsonObject ToPlotly()
    {
        var layout = (this with { XTitle = XTitleWithHoles }).Layout(
            new JsonObject
            {
                ["type"] = "category",
                ["categoryorder"] = "array",
                ["categoryarray"] = Words(Columns), // a column of gaps keeps its place
                ["range"] = new JsonArray(-0.5, Columns.Count - 0.5),
                ["showgrid"] = false,
            },
            new JsonObject
            {
                ["tickmode"] = "array",
                ["tickvals"] = new JsonArray([.. NamedRows.Select(row => JsonValue.Create(row + 0.5))]),
                ["ticktext"] = Words(NamedRows.Select(row => Rows[row])),
                ["range"] = new JsonArray(0, Rows.Count),
                ["showgrid"] = false,
                ["zeroline"] = false,
            });
        layout["barmode"] = "overlay";
        layout["bargap"] = 0;
        var range = Range;
        return new JsonObject
        {
            ["data"] = new JsonArray([.. Rows.Select((_, row) => Trace(row, range))]),
            ["layout"] = layout,
            ["height"] = Height,
            ["ground"] = Hole,
        };
    }

    /// <summary>The ground behind the cells, which shows where one has no value.</summary>
    internal const string Hole = "rgba(128,128,128,0.2)";

    // The deviation between seeds, over all cells that have several.
    private static double Noise(IEnumerable<(string Cell, double? Value)> values)
    {
        var spreads = values.GroupBy(pair => pair.Cell, pair => pair.Value).Select(cell => Spread.Of(cell))
            .OfType<Spread>().Where(spread => spread.Count > 1).ToList();
        return spreads.Count == 0 ? 0 : Math.Sqrt(spreads.Average(spread => spread.Deviation * spread.Deviation));
    }

    // There is no room for all names: only every second, third, ... row has one.
    private IEnumerable<int> NamedRows =>
        Enumerable.Range(0, Rows.Count).Where(row => row % ((Rows.Count + MostNames - 1) / MostNames) == 0);

    /// <summary>The place of a value between the ends of the colours, from 0 to 1.</summary>
    internal static double Share(double value, (double Low, double High) range) => (value - range.Low) / (range.High - range.Low);

    private JsonObject Trace(int row, (double Low, double High) range)
    {
        var values = Values(Cells[row]);
        var marker = new JsonObject
        {
            ["color"] = values,
            ["cmin"] = range.Low,
            ["cmax"] = range.High,
            ["colorscale"] = new JsonArray([.. HeatColors.Stops.Select(stop => new JsonArray(stop.At, stop.Color))]),
            ["showscale"] = row == 0, // one for all rows, which have the same scale
            ["colorbar"] = new JsonObject { ["title"] = new JsonObject { ["text"] = PlotlyText(ValueTitle) } },
            ["line"] = new JsonObject { ["width"] = 0 },
        };
        var trace = new JsonObject
        {
            ["type"] = "bar",
            ["name"] = PlotlyText(Rows[row]),
            ["x"] = Words(Columns),
            ["y"] = new JsonArray([.. values.Select(value => value is null ? null : JsonValue.Create(1))]),
            ["base"] = row,
            ["marker"] = marker,
            ["customdata"] = values.DeepClone(),
            // Titles go through the figure's data, because a template would read some of their text as names.
            ["meta"] = new JsonArray(Before(XTitle), Before(YTitle), Before(ValueTitle)),
            ["hovertemplate"] = "%{meta[0]}%{x}<br>%{meta[1]}%{fullData.name}<br>%{meta[2]}%{customdata}<extra></extra>",
            ["showlegend"] = false,
        };
        if (HasNumbers)
        {
            trace["text"] = new JsonArray([.. Cells[row].Select(value => JsonValue.Create(Text(value)))]);
            trace["textposition"] = "inside";
            trace["insidetextanchor"] = "middle";
            trace["textangle"] = 0;
            trace["insidetextfont"] = new JsonObject
            {
                ["color"] = new JsonArray([.. Cells[row].Select(value => JsonValue.Create(value is { } number
                    ? HeatColors.Ink(Share(number, range)) : "#000000"))]),
                ["size"] = 13,
            };
        }
        return trace;

        static string Text(double? value) => value is { } number && double.IsFinite(number) ? Number(number) : "";

        static string Before(string title) => title == "" ? "" : $"{PlotlyText(title)}: ";
    }
}
