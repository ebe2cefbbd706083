namespace WanLab.Training;

/// <summary>The <c>logging</c> section: logs in addition to metrics.jsonl and events.jsonl, which are always written.</summary>
public sealed record LoggingOptions
{
    /// <summary>Also write TensorBoard event files into the run folder.</summary>
    [Key("tensorboard")]
    public bool TensorBoard { get; init; }
}
