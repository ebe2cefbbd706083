namespace WanLab.Widgets;

/// <summary>
/// A library of models that clients have, and the versions that will do: those of the ipywidgets 7 and 8. Front ends put a caret in
/// front, so this reads as "1 or 2".
/// </summary>
internal sealed record WidgetModule(string Name, string Version)
{
    /// <summary>Layouts.</summary>
    public static WidgetModule Base { get; } = new("@jupyter-widgets/base", "1.2.0 || ^2.0.0");

    /// <summary>Controls and their styles.</summary>
    public static WidgetModule Controls { get; } = new("@jupyter-widgets/controls", "1.5.0 || ^2.0.0");

    /// <summary>Output areas.</summary>
    public static WidgetModule Output { get; } = new("@jupyter-widgets/output", "1.0.0");

    /// <summary>The one library of the first version of the protocol, which ipywidgets 6 speaks.</summary>
    public static WidgetModule First { get; } = new("jupyter-js-widgets", "*");
}
