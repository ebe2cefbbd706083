namespace WanLab.Options;

/// <summary>
/// The property that a single text or number stands for, where a whole record could be written. A record may have one such
/// property for text and one for numbers; the other properties are the keys of the mapping.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShorthandAttribute : Attribute;

/// <summary>A type of several values of one kind: a single value stands for all of them.</summary>
/// <param name="missing">Text that says what to write where one of the values is missing.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class OneOrEachAttribute(string missing) : Attribute
{
    /// <summary>Text that says what to write where one of the values is missing.</summary>
    public string Missing { get; } = missing;
}

/// <summary>
/// A property of list entries whose keys stand among the entry's own. Keys that are left out have the values of the record
/// that holds the list; an entry that changes none of them has null here.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OverridesAttribute : Attribute;
