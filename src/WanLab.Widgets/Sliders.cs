namespace WanLab.Widgets;

/// <summary>A slider for numbers.</summary>
public sealed class FloatSlider : ValueControl<double>
{
    /// <summary>Makes a slider.</summary>
    /// <param name="description">The words in front of it.</param>
    /// <param name="value">The value at first.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="step">The distance of values.</param>
    /// <exception cref="WanLabException">The value is not between the limits, or the step is not positive.</exception>
    public FloatSlider(string description, double value, double min, double max, double step = 0.01)
        : base("FloatSliderModel", "FloatSliderView", description, Style.OfSlider())
    {
        SliderRange.Check(description, value, min, max, step);
        Set(("value", value), ("min", min), ("max", max), ("step", step), ("orientation", "horizontal"), ("readout", true),
            ("readout_format", ".2f"), ("continuous_update", false), ("behavior", "drag-tap"), ("tooltip", null), ("tabbable", null));
    }

    /// <inheritdoc/>
    /// <exception cref="WanLabException">The value is not between the limits.</exception>
    public override double Value
    {
        get => Get(state => (double)state["value"]!);
        set
        {
            SliderRange.Check(Description, value, Min, Max, 1);
            Set(("value", value));
        }
    }

    private double Min => Get(state => (double)state["min"]!);

    private double Max => Get(state => (double)state["max"]!);

    private protected override JsonNode? Read(JsonObject changes) =>
        changes["value"] is JsonValue node && node.TryGetValue<double>(out var value) && value >= Min && value <= Max
            ? JsonValue.Create(value) : null;
}

/// <summary>A slider for whole numbers.</summary>
public sealed class IntSlider : ValueControl<int>
{
    /// <summary>Makes a slider.</summary>
    /// <param name="description">The words in front of it.</param>
    /// <param name="value">The value at first.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The greatest value.</param>
    /// <param name="step">The distance of values.</param>
    /// <exception cref="WanLabException">The value is not between the limits, or the step is not positive.</exception>
    public IntSlider(string description, int value, int min, int max, int step = 1)
        : base("IntSliderModel", "IntSliderView", description, Style.OfSlider(), hasStyleFirst: true)
    {
        SliderRange.Check(description, value, min, max, step);
        Set(("value", value), ("min", min), ("max", max), ("step", step), ("orientation", "horizontal"), ("readout", true),
            ("readout_format", "d"), ("continuous_update", false), ("behavior", "drag-tap"), ("tooltip", null), ("tabbable", null));
    }

    /// <inheritdoc/>
    /// <exception cref="WanLabException">The value is not between the limits.</exception>
    public override int Value
    {
        get => Get(state => (int)state["value"]!);
        set
        {
            SliderRange.Check(Description, value, Min, Max, 1);
            Set(("value", value));
        }
    }

    private int Min => Get(state => (int)state["min"]!);

    private int Max => Get(state => (int)state["max"]!);

    private protected override JsonNode? Read(JsonObject changes) =>
        changes["value"] is JsonValue node && node.TryGetValue<int>(out var value) && value >= Min && value <= Max
            ? JsonValue.Create(value) : null;
}

/// <summary>The limits of sliders.</summary>
internal static class SliderRange
{
    /// <summary>Throws unless a value lies between limits in order.</summary>
    public static void Check(string name, double value, double min, double max, double step)
    {
        if (step <= 0 || !double.IsFinite(step))
            throw new WanLabException(FormattableString.Invariant($"The slider '{name}' has a step of {step}; give it one above 0."));
        if (!double.IsFinite(min) || !double.IsFinite(max) || min > max)
            throw new WanLabException(FormattableString.Invariant(
                $"The slider '{name}' goes from {min} to {max}; give it limits in order."));
        if (!(value >= min && value <= max))
            throw new WanLabException(FormattableString.Invariant(
                $"The slider '{name}' cannot show {value}; it goes from {min} to {max}."));
    }
}
