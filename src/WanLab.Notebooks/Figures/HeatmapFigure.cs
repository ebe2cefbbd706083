using System.Text.Json.Nodes;
using WanLab.Experiments;

namespace WanLab.Notebooks.Figures;

/// <summary>A table of numbers as colours.</summary>
public sealed record HeatmapFigure : Figure
{
    private const int Height = 380, MostNames = 10;

    /// <summary>Names of the columns, from the left.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Names of the rows, from below.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Values by row, then column; null where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Cells { get; init; }

    /// <summary>Name of the measure that the colours show.</summary>
    public required string ValueTitle { get; init; }

    /// <summary>A measure of an experiment by two settings, the mean over seeds.</summary>
    /// <param name="result">The experiment's result.</param>
    /// <param name="measure">The name of the measure's column.</param>
    /// <param name="rows">The setting whose values are the rows, such as <c>target.rank</c>.</param>
    /// <param name="columns">The setting whose values are the columns.</param>
    /// <exception cref="WanLabException">The result has no such measure or setting.</exception>
    public static HeatmapFigure Of(ExperimentResult result, string measure, string rows, string columns)
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

    /// <summary>The least and the largest value.</summary>
    internal (double Low, double High) Range
    {
        get
        {
            var values = Cells.SelectMany(row => row).OfType<double>().Where(double.IsFinite).ToList();
            return values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        }
    }

    // The smallest bundle of plotly.js has bars but no heat maps: each row is a trace of bars of height 1, coloured by value.
    internal override JsonObject ToPlotly()
    {
        var layout = Layout(
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
        if (range.High <= range.Low) range = (range.Low - 0.5, range.High + 0.5); // one value is drawn in the middle colour
        return new JsonObject
        {
            ["data"] = new JsonArray([.. Rows.Select((_, row) => Trace(row, range))]),
            ["layout"] = layout,
            ["height"] = Height,
        };
    }

    // There is no room for all names: only every second, third, ... row has one.
    private IEnumerable<int> NamedRows =>
        Enumerable.Range(0, Rows.Count).Where(row => row % ((Rows.Count + MostNames - 1) / MostNames) == 0);

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
        return new JsonObject
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

        static string Before(string title) => title == "" ? "" : $"{PlotlyText(title)}: ";
    }
}
