namespace WanLab.Diffusion;

/// <summary>
/// How training timesteps are distributed over [0, 1000], and how a draw is confined to a range: by inverting the
/// distribution between the range's ends, so that the density inside keeps its shape exactly and no draw is wasted.
/// A bias then works on the draw's place in the range, measured in probability: u^3 from the favoured end. Both have
/// closed forms (<see cref="Cumulative(double, double, double)"/>).
/// </summary>
public sealed record TimestepDistribution(TimestepType Type, double Shift = 5, TimestepBias Bias = TimestepBias.Balanced)
{
    // Of the bell over [0, 1]: its value at the ends, and what its mean is after that is taken off.
    private static readonly double BellEnds = Math.Exp(-0.5);
    private static readonly double BellMean = Math.Sqrt(Math.PI / 2) * (2 * Gaussian.Cumulative(1) - 1) - BellEnds;

    /// <summary>The timestep that a uniform number stands for, in [from, to]: the inverse of the cumulative distribution where there is no bias.</summary>
    /// <param name="u">Uniform in [0, 1).</param>
    /// <param name="from">Lower end, 0..1000.</param>
    /// <param name="to">Upper end, 0..1000.</param>
    public double Draw(double u, double from, double to)
    {
        double low = Cumulative(from / 1000), high = Cumulative(to / 1000);
        var place = Bias switch
        {
            TimestepBias.FavorHighNoise => 1 - u * u * u,
            TimestepBias.FavorLowNoise => u * u * u,
            _ => u,
        };
        return Math.Clamp(1000 * Quantile(low + place * (high - low)), from, to);
    }

    /// <summary>Probability that a draw from [from, to] is below <paramref name="timestep"/>, bias included.</summary>
    public double Cumulative(double timestep, double from, double to)
    {
        double low = Cumulative(from / 1000), high = Cumulative(to / 1000);
        var place = (Cumulative(Math.Clamp(timestep, from, to) / 1000) - low) / (high - low);
        return Bias switch
        {
            TimestepBias.FavorHighNoise => 1 - Math.Cbrt(1 - place),
            TimestepBias.FavorLowNoise => Math.Cbrt(place),
            _ => place,
        };
    }

    /// <summary>
    /// What the loss of an item at a timestep is multiplied by. Of <see cref="TimestepType.Weighted"/> it is the bell of
    /// DiffSynth-Studio (flow match scheduler, training weight) and of ai-toolkit's linear_timesteps:
    /// exp(-2 (s - 1/2)^2) - exp(-1/2) with s = timestep / 1000, over its mean on [0, 1]: 0 at the ends, 1.58 in the
    /// middle, 1 on average. Of the other types it is 1.
    /// </summary>
    public double Weight(double timestep)
    {
        if (Type != TimestepType.Weighted) return 1;
        var s = timestep / 1000 - 0.5;
        return (Math.Exp(-2 * s * s) - BellEnds) / BellMean;
    }

    /// <summary>Probability of a timestep below 1000 s over the whole of [0, 1000], without bias.</summary>
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
        TimestepType.Shift => Shift * p / (1 + (Shift - 1) * p),
        _ => throw new ArgumentOutOfRangeException(nameof(p), Type, null),
    };
}
