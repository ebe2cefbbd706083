namespace WanLab.Diffusion;

/// <summary>
/// The distribution of training noise levels over [0, 1]. A draw is confined to a range by inverting the
/// distribution between the range's ends, so the density inside keeps its shape exactly and no draw is wasted.
/// A bias then acts on the draw's place in the range, measured in probability: u^3 from the favoured end. Both have
/// closed forms (<see cref="Cumulative(double, double, double)"/>).
/// </summary>
public sealed record TimestepDistribution(TimestepType Type, double Shift = 5, TimestepBias Bias = TimestepBias.Balanced)
{
    // The bell curve's value at both ends of [0, 1].
    private static readonly double BellEnds = Math.Exp(-0.5);

    /// <summary>
    /// The sigma in [from, to] that a uniform number stands for: the inverse of the cumulative distribution if there is no
    /// bias.
    /// </summary>
    /// <param name="u">Uniform in [0, 1).</param>
    /// <param name="from">Lower end, 0 to 1.</param>
    /// <param name="to">Upper end, 0 to 1.</param>
    public double Draw(double u, double from, double to)
    {
        double low = Cumulative(from), high = Cumulative(to);
        var place = Bias switch
        {
            TimestepBias.FavorHighNoise => 1 - u * u * u,
            TimestepBias.FavorLowNoise => u * u * u,
            _ => u,
        };
        return Math.Clamp(Quantile(low + place * (high - low)), from, to);
    }

    /// <summary>Probability that a draw from [from, to] is below <paramref name="sigma"/>, bias included.</summary>
    public double Cumulative(double sigma, double from, double to)
    {
        double low = Cumulative(from), high = Cumulative(to);
        var place = (Cumulative(Math.Clamp(sigma, from, to)) - low) / (high - low);
        return Bias switch
        {
            TimestepBias.FavorHighNoise => 1 - Math.Cbrt(1 - place),
            TimestepBias.FavorLowNoise => Math.Cbrt(place),
            _ => place,
        };
    }

    /// <summary>
    /// The factor of an item's loss by its noise level in [from, to], the range of its expert. For
    /// <see cref="TimestepType.Weighted"/> it follows the bell curve of DiffSynth-Studio's flow match scheduler,
    /// exp(-2 (sigma - 1/2)^2) - exp(-1/2) over all of [0, 1], divided by its mean over the expert's draws: 1 on average for each
    /// expert, so that both learn at the full rate, most in the middle of [0, 1] and nothing at its ends. For the other types it is 1.
    /// </summary>
    /// <param name="from">Lower end of the expert's range.</param>
    /// <param name="to">Upper end of that range.</param>
    public Func<double, double> Weights(double from, double to)
    {
        if (Type != TimestepType.Weighted) return _ => 1;
        var mean = MeanBell(from, to);
        return sigma => Bell(sigma) / mean;
    }

    // Over evenly spread draws, the bias included. The curve is smooth, so few are exact to seven digits.
    private double MeanBell(double from, double to)
    {
        const int draws = 1000;
        var sum = 0.0;
        for (var k = 0; k < draws; k++) sum += Bell(Draw((k + 0.5) / draws, from, to));
        return sum / draws;
    }

    private static double Bell(double sigma) => Math.Exp(-2 * (sigma - 0.5) * (sigma - 0.5)) - BellEnds;

    /// <summary>Probability that a draw from all of [0, 1] is below s, without bias.</summary>
    public double Cumulative(double s) => Type switch
    {
        TimestepType.Linear or TimestepType.Weighted => s,
        TimestepType.Sigmoid => s <= 0 ? 0 : s >= 1 ? 1 : Gaussian.Cumulative(Math.Log(s / (1 - s))),
        TimestepType.Shift => s / (Shift - (Shift - 1) * s),
        _ => throw new ArgumentOutOfRangeException(nameof(s), Type, null),
    };

    /// <summary>Inverse of <see cref="Cumulative(double)"/>.</summary>
    public double Quantile(double p) => Type switch
    {
        TimestepType.Linear or TimestepType.Weighted => p,
        TimestepType.Sigmoid => 1 / (1 + Math.Exp(-Gaussian.Quantile(p))),
        TimestepType.Shift => Schedules.Shift(p, Shift),
        _ => throw new ArgumentOutOfRangeException(nameof(p), Type, null),
    };
}
