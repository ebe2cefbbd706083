namespace WanLab.Widgets;

/// <summary>A widget that has a place in the page.</summary>
public abstract class Control : Widget
{
    private readonly Layout _layout = new();
    private readonly Style? _style;
    private readonly bool _hasStyleFirst;

    private protected Control(WidgetModule module, string model, string view, Style? style = null, bool hasStyleFirst = false)
        : base(module, model, view)
    {
        (_style, _hasStyleFirst) = (style, hasStyleFirst);
        Set(("_dom_classes", new JsonArray()), ("layout", ReferenceTo(_layout)));
        if (style is not null) Set(("style", ReferenceTo(style)));
    }

    /// <summary>Width in CSS, such as <c>12em</c>; null: as wide as its kind is.</summary>
    public string? Width
    {
        get => _layout["width"];
        set => _layout["width"] = value;
    }

    /// <summary>Whether the widget is in the page.</summary>
    public bool IsVisible
    {
        get => _layout["display"] != "none";
        set => _layout["display"] = value ? null : "none";
    }

    /// <summary>Sets a CSS property of the widget's place.</summary>
    internal void Place(string property, string? value) => _layout[property] = value;

    internal override IEnumerable<Widget> References => _style is null ? [_layout] : [_layout, _style];

    private protected override void ToFirst(JsonObject state)
    {
        if (!_hasStyleFirst) state.Remove("style");
    }

    /// <summary>A title in front of a value, as text.</summary>
    private protected static string Titled(string description, string value) => description == "" ? value : $"{description}: {value}";
}

/// <summary>A control with a title, which can be disabled.</summary>
public abstract class TitledControl : Control
{
    private protected TitledControl(string model, string view, string description, Style? style, bool hasStyleFirst = false)
        : base(WidgetModule.Controls, model, view, style, hasStyleFirst) =>
        Set(("description", description), ("disabled", false));

    /// <summary>The words in front of the control, or on it.</summary>
    public string Description
    {
        get => Get(state => (string)state["description"]!);
        set => Set(("description", value));
    }

    /// <summary>Whether the user can do nothing with it.</summary>
    public bool Disabled
    {
        get => Get(state => (bool)state["disabled"]!);
        set => Set(("disabled", value));
    }
}
