namespace WanLab.Widgets;

/// <summary>A place in a box for anything that a cell can show: tables, plots, text.</summary>
public sealed class Output : Control
{
    private readonly List<object?> _shown = [];

    /// <summary>Makes an empty place.</summary>
    public Output()
        : base(WidgetModule.Output, "OutputModel", "OutputView") =>
        Set(("msg_id", ""), ("outputs", new JsonArray()), ("tooltip", null), ("tabbable", null));

    /// <summary>Shows values instead of what is there.</summary>
    public void Show(params IReadOnlyList<object?> values)
    {
        lock (_shown)
        {
            _shown.Clear();
            _shown.AddRange(values);
        }
        Set(("outputs", new JsonArray([.. values.Select(Form)])));
    }

    /// <summary>Takes away what is there.</summary>
    public void Clear() => Show();

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (_shown) return string.Join("\n", _shown.Select(value => value?.ToString()));
    }

    // The first version of the protocol has no outputs in its state: there it is markup.
    private protected override void ToFirst(JsonObject state)
    {
        base.ToFirst(state);
        (state["_model_name"], state["_view_name"]) = ("HTMLModel", "HTMLView");
        state["value"] = Markup((JsonArray)state["outputs"]!);
        state.Remove("outputs");
    }

    private protected override void ToFirstUpdate(JsonObject update)
    {
        if (update["outputs"] is JsonArray outputs) update["value"] = Markup(outputs);
    }

    private JsonObject Form(object? value) => new()
    {
        ["output_type"] = "display_data",
        ["data"] = Forms(value) ?? new JsonObject { ["text/plain"] = value?.ToString() },
        ["metadata"] = new JsonObject(),
    };

    private static string Markup(JsonArray outputs) => string.Concat(outputs.Select(output =>
        (string?)output!["data"]!["text/html"]
            ?? $"<pre>{System.Net.WebUtility.HtmlEncode((string?)output["data"]!["text/plain"])}</pre>"));
}
