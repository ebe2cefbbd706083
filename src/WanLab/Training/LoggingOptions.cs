namespace WanLab.Training;

/// <summary>The <c>logging</c> section: what is written beside metrics.jsonl and events.jsonl, which always are.</summary>
public sealed record LoggingOptions
{
    /// <summary>Also write TensorBoard event files into the run folder.</summary>
    public bool TensorBoard { get; init; }
}
