namespace WanLab.Options;

/// <summary>A rule for whole numbers that a range does not express.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class NumberRuleAttribute : Attribute
{
    /// <summary>The rule in a few words, for the list of keys.</summary>
    public abstract string Words { get; }

    /// <summary>Text that says why a number within the range is not allowed and which numbers are; null for an allowed number.</summary>
    public virtual string? Complaint(long number) => null;

    /// <summary>The number that is used instead of the given one. The reader warns where the two differ.</summary>
    public virtual long Adjust(long number) => number;
}
