using System.Net;
using System.Text.RegularExpressions;

namespace WanLab.Widgets;

/// <summary>A field for one line of text. Its value changes when the user leaves it or presses Enter.</summary>
public sealed class Text : ValueControl<string>
{
    /// <summary>Makes a field.</summary>
    /// <param name="description">The words in front of it.</param>
    /// <param name="value">The text at first.</param>
    /// <param name="placeholder">A hint that an empty field shows.</param>
    public Text(string description, string value = "", string placeholder = "")
        : base("TextModel", "TextView", description, Style.OfDescription()) =>
        Set(("value", value), ("placeholder", placeholder), ("continuous_update", false), ("tooltip", null), ("tabbable", null));

    /// <inheritdoc/>
    public override string Value
    {
        get => Get(state => (string)state["value"]!);
        set => Set(("value", value));
    }

    private protected override JsonNode? Read(JsonObject changes) =>
        changes["value"] is JsonValue node && node.TryGetValue<string>(out var value) ? JsonValue.Create(value) : null;
}

/// <summary>Markup in the page, which a cell can change.</summary>
public sealed partial class Markup : Control
{
    /// <summary>Makes a place for markup.</summary>
    /// <param name="value">HTML; text of others is to be encoded before.</param>
    public Markup(string value = "")
        : base(WidgetModule.Controls, "HTMLModel", "HTMLView", Style.OfDescription()) =>
        Set(("value", value), ("placeholder", ""), ("description", ""), ("tooltip", null), ("tabbable", null));

    /// <summary>The markup in the page.</summary>
    public string Value
    {
        get => Get(state => (string)state["value"]!);
        set => Set(("value", value));
    }

    /// <inheritdoc/>
    public override string ToString() => WebUtility.HtmlDecode(Tag().Replace(Value, "")).Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
