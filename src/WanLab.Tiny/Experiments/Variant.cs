namespace WanLab.Tiny.Experiments;

/// <summary>A training to compare with others: an example data set's job with some settings changed.</summary>
/// <param name="Name">In tables and folder names.</param>
/// <param name="Dataset">The example data set.</param>
/// <param name="Settings">Overrides of its job, as for <c>--set</c>.</param>
public sealed record Variant(string Name, string Dataset, params IReadOnlyList<string> Settings);
