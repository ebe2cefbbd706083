namespace WanLab.Options;

/// <summary>A rule for whole numbers that a range does not express.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class NumberRuleAttribute : Attribute
{
    /// <summary>The rule in a few words, for the list of keys.</summary>
    public abstract string Words { get; }

    /// <summary>Text that says why a number within its limits cannot be taken, and which can; null where it can.</summary>
    public virtual string? Complaint(long number) => null;

    /// <summary>The number that is used for a given one. Where it differs, the reader warns.</summary>
    public virtual long Adjust(long number) => number;
}
