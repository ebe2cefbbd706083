namespace WanLab.Review;

/// <summary>Smooths noisy measurements.</summary>
internal static class Smoothing
{
    /// <summary>Number of values before a point that still count: a tenth of the line, at least 5 and at most 200.</summary>
    public static int Span(int count) => Math.Clamp(count / 10, 5, 200);

    /// <summary>
    /// The exponential mean of each value and those before it, without a bias to the first one. Values that are not finite are
    /// ignored.
    /// </summary>
    public static double[] Mean(IReadOnlyList<double> values, int span)
    {
        var keep = 1 - 2.0 / (span + 1);
        double sum = 0, weight = 0;
        var result = new double[values.Count];
        for (var i = 0; i < result.Length; i++)
        {
            if (double.IsFinite(values[i])) (sum, weight) = (keep * sum + values[i], keep * weight + 1);
            result[i] = weight > 0 ? sum / weight : double.NaN;
        }
        return result;
    }
}
