using MathNet.Numerics.Statistics;
using WanLab.Runs;

namespace WanLab.Review;

/// <summary>The times of a run's steps, by part.</summary>
/// <param name="Parts">Median seconds of the newest steps by part, largest first; empty before the first step.</param>
/// <param name="ModelShare">Share of the newest steps' time that the model and its optimiser took, 0 to 1; null before the first
/// step.</param>
internal sealed record StepTimes(IReadOnlyList<(string Part, double Seconds)> Parts, double? ModelShare)
{
    private const int Newest = 100;

    /// <summary>Measures the newest steps of a run.</summary>
    public static StepTimes Of(IReadOnlyList<StepRecord> steps)
    {
        var newest = steps.TakeLast(Newest).Select(step => step.Seconds).ToList();
        var all = newest.Sum(seconds => seconds.Values.Sum());
        return new StepTimes(
            [
                .. newest.SelectMany(seconds => seconds.Keys).Distinct()
                    .Select(part => (part, newest.Select(seconds => seconds.GetValueOrDefault(part)).Median()))
                    .OrderByDescending(part => part.Item2),
            ],
            all == 0 ? null : newest.Sum(seconds => StepParts.InModel.Sum(part => seconds.GetValueOrDefault(part))) / all);
    }
}
