using System.Text.Json.Nodes;
using global::Plotly.NET;
using Microsoft.FSharp.Collections;

namespace WanLab.Notebooks.Plotly;

/// <summary>Figures of WanLab as charts of Plotly.NET, to change or combine with that library.</summary>
public static class FigureCharts
{
    /// <summary>A chart with the same traces and the same layout.</summary>
    /// <param name="figure">The figure; for one with lists to choose from, the chart shows its first choice.</param>
    public static GenericChart ToChart(this Figures.Figure figure)
    {
        var json = figure.ToPlotly();
        var layout = Fill(new Layout(), json["layout"]!.AsObject());
        layout.SetProperty("height", Plain(json["height"]));
        var traces = json["data"]!.AsArray().Select(trace => Fill(new Trace(trace!["type"]!.GetValue<string>()), trace.AsObject()));
        return GenericChart.NewMultiChart(ListModule.OfSeq(traces), layout, new Config(), new DisplayOptions());
    }

    // Property by property: these types hold whatever plotly.js knows under the same names.
    private static T Fill<T>(T target, JsonObject from) where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in from) target.SetProperty(name, Plain(value));
        return target;
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => Fill(new DynamicObj.DynamicObj(), members),
        JsonArray items => items.Select(Plain).ToArray(),
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out double number) => number,
        _ => node.GetValue<string>(),
    };
}
