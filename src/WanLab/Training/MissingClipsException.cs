namespace WanLab.Training;

/// <summary>More clips than usual cannot be used, and nobody agreed to train without them.</summary>
/// <param name="what">How many, and why.</param>
internal sealed class MissingClipsException(string what) : WanLabException(
    $"datasets: {what}\nRepair or remove them, or agree to train without them: --allow-missing (in a notebook: allowMissing: true).")
{
    /// <summary>The number of clips that cannot be used, and the reasons.</summary>
    public string What { get; } = what;
}
