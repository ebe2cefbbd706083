namespace WanLab.Diffusion;

/// <summary>The standard normal distribution.</summary>
internal static class Gaussian
{
    /// <summary>Probability of a value below x: by a continued fraction in the tails, by a series (Marsaglia 2004) in between.</summary>
    public static double Cumulative(double x)
    {
        if (x < -38) return 0;
        if (x > 38) return 1;
        var density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) > 5)
        {
            var fraction = 0.0;
            for (var k = 40; k > 0; k--) fraction = k / (Math.Abs(x) + fraction);
            var tail = density / (Math.Abs(x) + fraction);
            return x < 0 ? tail : 1 - tail;
        }
        double sum = x, term = x;
        for (var k = 3; Math.Abs(term) > 1e-18; k += 2) sum += term *= x * x / k;
        return 0.5 + sum * density;
    }

    /// <summary>The inverse of <see cref="Cumulative"/>, by bisection: exact to the last bits and needed only once per item.</summary>
    public static double Quantile(double p)
    {
        if (p <= 0) return double.NegativeInfinity;
        if (p >= 1) return double.PositiveInfinity;
        double low = -38, high = 38;
        for (var k = 0; k < 100 && high - low > 1e-15; k++)
        {
            var middle = (low + high) / 2;
            if (Cumulative(middle) < p) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
