namespace WanLab.Widgets;

/// <summary>Widgets in one place.</summary>
public abstract class Box : Control
{
    private IReadOnlyList<Control> _children;

    private protected Box(string model, string view, IReadOnlyList<Control> children)
        : base(WidgetModule.Controls, model, view)
    {
        _children = [.. children];
        Set(("box_style", ""), ("tooltip", null), ("tabbable", null), ("children", Names(_children)));
    }

    /// <summary>The widgets in the box, in order.</summary>
    public IReadOnlyList<Control> Children
    {
        get => _children;
        set
        {
            _children = [.. value];
            Set(("children", Names(_children)));
        }
    }

    internal override IEnumerable<Widget> References => [.. base.References, .. _children];

    private static JsonArray Names(IEnumerable<Control> children) => new([.. children.Select(child => (JsonNode)ReferenceTo(child))]);
}

/// <summary>Widgets side by side, in several lines where there is no room.</summary>
public sealed class HBox : Box
{
    /// <summary>Makes a box.</summary>
    /// <param name="children">The widgets, from the left.</param>
    public HBox(params IReadOnlyList<Control> children)
        : base("HBoxModel", "HBoxView", children) => Place("flex_flow", "row wrap");

    /// <inheritdoc/>
    public override string ToString() => string.Join("  ", Children.Where(child => child.IsVisible).Select(child => $"{child}"));
}

/// <summary>Widgets one below the other.</summary>
public sealed class VBox : Box
{
    /// <summary>Makes a box.</summary>
    /// <param name="children">The widgets, from the top.</param>
    public VBox(params IReadOnlyList<Control> children)
        : base("VBoxModel", "VBoxView", children) { }

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n", Children.Where(child => child.IsVisible).Select(child => $"{child}"));
}
