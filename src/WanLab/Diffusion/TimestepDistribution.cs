using WanLab.Jobs;

namespace WanLab.Diffusion;

/// <summary>
/// How training timesteps are distributed over [0, 1000], and how a draw is confined to a range: by inverting the
/// distribution between the range's ends, so that the density inside keeps its shape exactly and no draw is wasted.
/// </summary>
public sealed record TimestepDistribution(TimestepType Type, double Shift = 5)
{
    /// <summary>The timestep at which the distribution, confined to [from, to], has accumulated <paramref name="u"/>.</summary>
    /// <param name="u">Uniform in [0, 1).</param>
    /// <param name="from">Lower end, 0..1000.</param>
    /// <param name="to">Upper end, 0..1000.</param>
    public double Draw(double u, double from, double to)
    {
        double low = Cumulative(from / 1000), high = Cumulative(to / 1000);
        return Math.Clamp(1000 * Quantile(low + u * (high - low)), from, to);
    }

    /// <summary>Probability of a timestep below 1000 s.</summary>
    public double Cumulative(double s) => Type switch
    {
        TimestepType.Linear or TimestepType.Weighted => s,
        TimestepType.Sigmoid => s <= 0 ? 0 : s >= 1 ? 1 : Gaussian.Cumulative(Math.Log(s / (1 - s))),
        TimestepType.Shift => s / (Shift - (Shift - 1) * s),
        _ => throw new ArgumentOutOfRangeException(nameof(s), Type, null),
    };

    /// <summary>Inverse of <see cref="Cumulative"/>.</summary>
    public double Quantile(double p) => Type switch
    {
        TimestepType.Linear or TimestepType.Weighted => p,
        TimestepType.Sigmoid => 1 / (1 + Math.Exp(-Gaussian.Quantile(p))),
        TimestepType.Shift => Shift * p / (1 + (Shift - 1) * p),
        _ => throw new ArgumentOutOfRangeException(nameof(p), Type, null),
    };
}
