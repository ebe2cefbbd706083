using WanLab.Review;

namespace WanLab.Experiments;

/// <summary>A training of an experiment and its outcome.</summary>
/// <param name="Trial">The training.</param>
/// <param name="Run">The training's run; null if it failed.</param>
/// <param name="Error">The error that ended it; null if there was none.</param>
public sealed record ExperimentRow(Trial Trial, RunSnapshot? Run, string? Error)
{
    /// <summary>Values measured on the run, by the measure's name.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();

    /// <summary>A measured value; null if the run has none.</summary>
    /// <param name="measure">The measure's name, as written above its column.</param>
    public double? this[string measure] => Values.TryGetValue(measure, out var value) ? value : null;
}
