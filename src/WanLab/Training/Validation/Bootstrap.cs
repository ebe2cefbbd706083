namespace WanLab.Training.Validation;

/// <summary>The uncertainty of a mean by the percentile bootstrap (Efron and Tibshirani 1993, chapter 13).</summary>
internal static class Bootstrap
{
    private const int Resamples = 2000;

    /// <summary>The 95 % interval of the mean of independent values; null for fewer than two values.</summary>
    public static (double Low, double High)? Interval(IReadOnlyList<double> values, long seed)
    {
        if (values.Count < 2) return null;
        var means = new double[Resamples];
        for (var n = 0; n < Resamples; n++)
        {
            var sum = 0.0;
            for (var k = 0; k < values.Count; k++) sum += values[(int)(CounterRandom.Uniform(seed, "bootstrap", n, k) * values.Count)];
            means[n] = sum / values.Count;
        }
        Array.Sort(means);
        return (means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]);
    }
}
