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

    /// <summary>The number of an expert's steps among the first steps. Computed, not counted: the number of steps may be any.</summary>
    internal long StepsOf(Expert expert, long steps)
    {
        if (Trained.Count == 1) return Trained[0] == expert ? steps : 0;
        var (runs, rest) = (steps / SwitchEvery, steps % SwitchEvery);
        var high = HighRuns(runs) * SwitchEvery + (rest > 0 && At(steps) == Expert.High ? rest : 0);
        return expert == Expert.High ? high : steps - high;
    }

    /// <summary>The number of an expert's turns that begin in the first steps, the first turn included.</summary>
    internal long TurnsIn(long steps)
    {
        if (Trained.Count == 1 || steps == 0) return Math.Min(1, steps);
        var runs = (steps + SwitchEvery - 1) / SwitchEvery;
        // The expert with fewer runs never has two in a row, so each of its runs but one at an end is entered and left.
        long Rarer(long first) => HighShare <= 0.5 ? HighRuns(first) : first - HighRuns(first);
        return 1 + (Rarer(runs) - Rarer(1)) + Rarer(runs - 1);
    }

    /// <summary>The first step of an expert, counted from 0; null where it comes after <paramref name="limit"/> steps, or never.</summary>
    internal long? FirstStepOf(Expert expert, long limit)
    {
        if (StepsOf(expert, limit) == 0) return null;
        var (without, with) = (0L, limit);
        while (with - without > 1)
        {
            var middle = without + (with - without) / 2;
            if (StepsOf(expert, middle) == 0) without = middle;
            else with = middle;
        }
        return with - 1;
    }

    private long HighRuns(long runs) => (long)Math.Ceiling(runs * HighShare);

    /// <summary>The expert for a step, counted from 0. The high-noise expert comes first, as in sampling.</summary>
    public Expert At(long step)
    {
        if (Trained.Count == 1) return Trained[0];
        var run = step / SwitchEvery;
        return Math.Ceiling((run + 1) * HighShare) > Math.Ceiling(run * HighShare) ? Expert.High : Expert.Low;
    }
}
