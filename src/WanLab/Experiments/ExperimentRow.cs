using WanLab.Review;

namespace WanLab.Experiments;

/// <summary>A training of an experiment and what came of it.</summary>
/// <param name="Trial">The training.</param>
/// <param name="Run">Its run; null where it failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
public sealed record ExperimentRow(Trial Trial, RunSnapshot? Run, string? Error)
{
    /// <summary>Values measured on the run, by the measure's name.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>A measured value; null where the run has none.</summary>
    /// <param name="measure">The measure's name, as it stands above its column.</param>
    public double? this[string measure] => Values.TryGetValue(measure, out var value) ? value : null;
}
