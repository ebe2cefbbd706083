namespace WanLab.Widgets;

/// <summary>The place of a widget in the page: a model of its own.</summary>
internal sealed class Layout : Widget
{
    public Layout()
        : base(WidgetModule.Base, "LayoutModel", "LayoutView") { }

    /// <summary>A CSS property; null: that of the page's style.</summary>
    public string? this[string property]
    {
        get => Get(state => (string?)state[property]);
        set => Set((property, value));
    }

    public override string ToString() => "";
}

/// <summary>The style of a widget: a model of its own.</summary>
internal sealed class Style : Widget
{
    private readonly bool _isKnownFirst;

    private Style(string model, bool isKnownFirst)
        : base(WidgetModule.Controls, model, "StyleView") => _isKnownFirst = isKnownFirst;

    /// <summary>The style of a button.</summary>
    public static Style OfButton()
    {
        var style = new Style("ButtonStyleModel", true);
        style.Set(("button_color", null), ("font_weight", ""));
        return style;
    }

    /// <summary>The style of a slider.</summary>
    public static Style OfSlider()
    {
        var style = new Style("SliderStyleModel", true);
        style.Set(("description_width", "initial"), ("handle_color", null));
        return style;
    }

    /// <summary>The style of a control with a description.</summary>
    public static Style OfDescription()
    {
        var style = new Style("DescriptionStyleModel", false);
        style.Set(("description_width", "initial"));
        return style;
    }

    public override string ToString() => "";

    private protected override void ToFirst(JsonObject state)
    {
        if (!_isKnownFirst) state["_model_name"] = "StyleModel";
        state.Remove("description_width");
    }
}
