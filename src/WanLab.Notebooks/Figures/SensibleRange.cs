namespace WanLab.Notebooks.Figures;

/// <summary>Keeps axes and colours from stretching over a difference of next to nothing.</summary>
internal static class SensibleRange
{
    // A range spans at least this share of the larger end.
    private const double Least = 0.2;

    /// <summary>
    /// A range around the given one that spans no less than a fifth of its larger end, nor less than <paramref name="least"/>.
    /// </summary>
    public static (double Low, double High) Of(double low, double high, double least = 0)
    {
        var span = Math.Max(least, Least * Math.Max(Math.Abs(low), Math.Abs(high)));
        var missing = span - (high - low);
        return missing > 0 ? (low - missing / 2, high + missing / 2) : (low, high);
    }
}
