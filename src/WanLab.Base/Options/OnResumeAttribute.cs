namespace WanLab.Options;

/// <summary>Rules for changing a setting when a run is resumed.</summary>
internal enum Change
{
    /// <summary>The setting may not change.</summary>
    Refused,

    /// <summary>The setting may change.</summary>
    Free,

    /// <summary>The setting may change, but not to or from 0.</summary>
    FreeAboveZero,
}

/// <summary>
/// Says whether a setting may change when a run is resumed. On a section it applies to all keys without an attribute of their own;
/// a key without any may not change.
/// </summary>
/// <param name="change">The rule for the setting.</param>
/// <param name="reason">Text that says why the setting may not change.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnResumeAttribute(Change change, string? reason = null) : Attribute
{
    /// <summary>The rule for the setting.</summary>
    public Change Change { get; } = change;

    /// <summary>Text that says why the setting may not change.</summary>
    public string? Reason { get; } = reason;
}
