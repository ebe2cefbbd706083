namespace WanLab.Options;

/// <summary>Whether a setting may change when a run is resumed.</summary>
public enum Change
{
    /// <summary>It may not.</summary>
    Refused,

    /// <summary>It may.</summary>
    Free,

    /// <summary>It may, but not to or from 0.</summary>
    FreeAboveZero,
}

/// <summary>
/// Says whether a setting may change when a run is resumed. On a section it holds for all keys that do not say otherwise;
/// a key without any may not change.
/// </summary>
/// <param name="change">Whether it may.</param>
/// <param name="reason">Text that says why it may not.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnResumeAttribute(Change change, string? reason = null) : Attribute
{
    /// <summary>Whether the setting may change.</summary>
    public Change Change { get; } = change;

    /// <summary>Text that says why it may not.</summary>
    public string? Reason { get; } = reason;
}
