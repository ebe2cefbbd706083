namespace WanLab.Notebooks.Figures;

/// <summary>Places values on an axis: evenly, or by their logarithm.</summary>
internal sealed class Scale
{
    private readonly Func<double, double> _map;
    private readonly Axis _axis;

    private Scale(Axis axis, Func<double, double> map, IReadOnlyList<(double, string)> ticks) => (_axis, _map, Ticks) = (axis, map, ticks);

    /// <summary>Round values, each with its place from 0 to 1.</summary>
    public IReadOnlyList<(double Share, string Name)> Ticks { get; }

    /// <summary>Makes a linear scale over some values.</summary>
    public static Scale Linear(IEnumerable<double> values)
    {
        var axis = Axis.Over(values);
        return new Scale(axis, v => v,
            [.. axis.Ticks().Select(t => (axis.Part(t), Numbers.Short(Math.Abs(t) < axis.Step * 1e-6 ? 0 : t)))]);
    }

    /// <summary>
    /// Makes a scale from the power of ten below the least value to the one above the largest; only positive values have a place.
    /// </summary>
    public static Scale Logarithmic(IEnumerable<double> values)
    {
        var logs = values.Where(v => v > 0).Select(Math.Log10).ToList();
        var (low, high) = logs.Count == 0 ? (0, 1) : (Math.Floor(logs.Min()), Math.Ceiling(logs.Max()));
        if (high <= low) high = low + 1;
        var axis = new Axis(low, high, 1);
        var ticks = from power in Enumerable.Range((int)low, (int)(high - low) + 1)
                    from digit in high - low > 2 ? [1] : new[] { 1, 2, 5 }
                    let value = digit * Math.Pow(10, power)
                    where Math.Log10(value) <= high + 1e-9
                    select (axis.Part(Math.Log10(value)), Numbers.Short(value));
        return new Scale(axis, Math.Log10, [.. ticks]);
    }

    /// <summary>The position of a value, from 0 to 1; NaN where it has none.</summary>
    public double Part(double value)
    {
        var part = _axis.Part(_map(value));
        return double.IsFinite(part) ? part : double.NaN;
    }
}
