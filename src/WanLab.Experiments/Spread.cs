namespace WanLab.Experiments;

/// <summary>Mean and standard deviation of repeated measurements.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The sample's standard deviation; 0 for one value.</param>
/// <param name="Count">Number of values.</param>
public sealed record Spread(double Mean, double Deviation, int Count)
{
    /// <summary>Computes the spread of one value or more.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        var all = values.ToList();
        var mean = all.Average();
        return new Spread(mean, Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, all.Count - 1)), all.Count);
    }

    /// <summary>Computes the spread of the values that are not null; null if there are none.</summary>
    public static Spread? Of(IEnumerable<double?> values)
    {
        var there = values.OfType<double>().ToList();
        return there.Count == 0 ? null : Of(there);
    }
}
