namespace WanLab.Notebooks.Figures;

/// <summary>A range of values with round ends.</summary>
internal readonly record struct Axis(double From, double To, double Step)
{
    private const int MostTicks = 7;

    /// <summary>The shortest range of round numbers over some values.</summary>
    public static Axis Over(IEnumerable<double> values)
    {
        var all = values.ToList();
        var (low, high) = (all.Min(), all.Max());
        if (high - low < 1e-12) (low, high) = (low - 0.5, high + 0.5);
        var rough = (high - low) / (MostTicks - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
        return new Axis(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, step);
    }

    /// <summary>The position of a value on the axis, from 0 to 1.</summary>
    public double Part(double value) => (value - From) / (To - From);

    /// <summary>The round numbers on the axis.</summary>
    public IEnumerable<double> Ticks()
    {
        for (var k = 0; From + k * Step <= To + Step * 1e-6; k++) yield return From + k * Step;
    }
}
