namespace WanLab.Widgets;

/// <summary>A list of which one is chosen.</summary>
public sealed class Dropdown : ValueControl<string>
{
    private readonly IReadOnlyList<string> _options;

    /// <summary>Makes a list.</summary>
    /// <param name="description">The words in front of it.</param>
    /// <param name="options">What can be chosen; no two are the same.</param>
    /// <param name="value">What is chosen at first.</param>
    /// <exception cref="WanLabException">The value is not in the list, or an option is there twice.</exception>
    public Dropdown(string description, IReadOnlyList<string> options, string value)
        : base("DropdownModel", "DropdownView", description, Style.OfDescription())
    {
        _options = [.. options];
        if (_options.Distinct().Count() < _options.Count)
            throw new WanLabException($"The list '{description}' has an option twice: {string.Join(", ", _options)}.");
        Set(("_options_labels", new JsonArray([.. _options.Select(option => (JsonNode)option)])), ("index", IndexOf(description, value)),
            ("tooltip", null), ("tabbable", null));
    }

    /// <inheritdoc/>
    /// <exception cref="WanLabException">The value is not in the list.</exception>
    public override string Value
    {
        get => _options[Get(state => (int)state["index"]!)];
        set => Set(("index", IndexOf(Description, value)));
    }

    private protected override string Key => "index";

    // The second version of the protocol says which one, the first what it reads.
    private protected override JsonNode? Read(JsonObject changes)
    {
        if (changes["index"] is JsonValue at && at.TryGetValue<int>(out var index) && index >= 0 && index < _options.Count) return index;
        return changes["value"] is JsonValue node && node.TryGetValue<string>(out var label) && At(label) is >= 0 and var found
            ? found : (JsonNode?)null;
    }

    private protected override void ToFirst(JsonObject state)
    {
        base.ToFirst(state);
        state["value"] = Value;
    }

    private protected override void ToFirstUpdate(JsonObject update)
    {
        if (update.ContainsKey("index")) update["value"] = Value;
    }

    private int At(string value) => _options.ToList().IndexOf(value);

    private int IndexOf(string description, string value) => At(value) is >= 0 and var found ? found
        : throw new WanLabException($"The list '{description}' has no '{value}'; it has {string.Join(", ", _options)}.");
}

/// <summary>A box to tick.</summary>
public sealed class Checkbox : ValueControl<bool>
{
    /// <summary>Makes a box.</summary>
    /// <param name="description">The words behind it.</param>
    /// <param name="value">Whether it is ticked at first.</param>
    public Checkbox(string description, bool value = false)
        : base("CheckboxModel", "CheckboxView", description, Style.OfDescription()) =>
        Set(("value", value), ("indent", false), ("tooltip", null), ("tabbable", null));

    /// <inheritdoc/>
    public override bool Value
    {
        get => Get(state => (bool)state["value"]!);
        set => Set(("value", value));
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{(Value ? "x" : " ")}] {Description}";

    private protected override JsonNode? Read(JsonObject changes) =>
        changes["value"] is JsonValue node && node.TryGetValue<bool>(out var value) ? JsonValue.Create(value) : null;
}
