using WanLab.Models;

namespace WanLab.Training;

/// <summary>
/// Which expert a training step belongs to: runs of <see cref="SwitchEvery"/> steps, shared out by <see cref="HighShare"/>.
/// </summary>
public sealed record ExpertSchedule
{
    /// <summary>The experts that train; at least one.</summary>
    public required IReadOnlyList<Expert> Trained { get; init; }

    /// <summary>Steps on one expert before the other's turn.</summary>
    public int SwitchEvery { get; init; } = 10;

    /// <summary>Share of the runs that the high expert gets when both train.</summary>
    public double HighShare { get; init; } = 0.5;

    /// <summary>The schedule of a job.</summary>
    public static ExpertSchedule Of(MultistageOptions options) => new()
    {
        Trained = [.. Experts.All.Where(options.Trains)],
        SwitchEvery = options.SwitchEvery,
        HighShare = options.HighShare,
    };

    /// <summary>The expert of a step, counted from 0. The high expert comes first, as in sampling.</summary>
    public Expert At(long step)
    {
        if (Trained.Count == 1) return Trained[0];
        var run = step / SwitchEvery;
        return Math.Ceiling((run + 1) * HighShare) > Math.Ceiling(run * HighShare) ? Expert.High : Expert.Low;
    }
}
