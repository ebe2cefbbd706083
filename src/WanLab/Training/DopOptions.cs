namespace WanLab.Training;

/// <summary>
/// The <c>training.dop</c> mapping: differential output preservation. With the trigger word replaced by
/// <see cref="Class"/>, the adapter is held to the base model's prediction.
/// </summary>
public sealed record DopOptions
{
    /// <summary>Whether the preservation term is added to the loss.</summary>
    public bool Enabled { get; init; }

    /// <summary>Weight of the term in the loss.</summary>
    [Above(0)]
    public double Multiplier { get; init; } = 1;

    /// <summary>The word that replaces the trigger word in the term.</summary>
    public string Class { get; init; } = "person";
}
