namespace WanLab.Experiments;

/// <summary>Mean and standard deviation of values that were measured several times.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample's standard deviation; 0 for one value.</param>
/// <param name="Count">How many values there are.</param>
public sealed record Spread(double Mean, double Deviation, int Count)
{
    /// <summary>Of one value or more.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        var mean = all.Average();
        return new Spread(mean, Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, all.Count - 1)), all.Count);
    }

    /// <summary>Of the values that are there; null where none is.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        var there = values.OfType<double>().ToList();
        return there.Count == 0 ? null : Of(there);
    }
}
