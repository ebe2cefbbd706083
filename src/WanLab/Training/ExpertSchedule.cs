using WanLab.Models;

namespace WanLab.Training;

/// <summary>
/// The assignment of training steps to experts: blocks of <see cref="SwitchEvery"/> steps, divided by <see cref="HighShare"/>.
/// </summary>
internal sealed record ExpertSchedule
{
    /// <summary>The experts that are trained; at least one.</summary>
    public required IReadOnlyList<Expert> Trained { get; init; }

    /// <summary>Number of steps on one expert before the other's turn.</summary>
    public int SwitchEvery { get; init; } = 10;

    /// <summary>Share of the blocks that the high-noise expert gets if both are trained.</summary>
    public double HighShare { get; init; } = 0.5;

    /// <summary>The schedule of a job.</summary>
    public static ExpertSchedule Of(MultistageOptions options) => new()
    {
        Trained = [.. Experts.All.Where(options.Trains)],
        SwitchEvery = options.SwitchEvery,
        HighShare = options.HighShare,
    };

    /// <summary>The expert for a step, counted from 0. The high-noise expert comes first, as in sampling.</summary>
    public Expert At(long step)
    {
        if (Trained.Count == 1) return Trained[0];
        var run = step / SwitchEvery;
        return Math.Ceiling((run + 1) * HighShare) > Math.Ceiling(run * HighShare) ? Expert.High : Expert.Low;
    }
}
