namespace WanLab.Options;

/// <summary>
/// Marks the property that is set when a file gives a single text or number in place of a whole record. A record may have one such
/// property for text and one for numbers; the other properties are the keys of the mapping.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShorthandAttribute : Attribute;

/// <summary>Marks a type that holds several values of one kind; a file may give a single value for all of them.</summary>
/// <param name="missing">Text that says what to write where one of the values is missing.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
internal sealed class OneOrEachAttribute(string missing) : Attribute
{
    /// <summary>Text that says what to write where one of the values is missing.</summary>
    public string Missing { get; } = missing;
}

/// <summary>
/// Marks a property of list entries whose keys are written among the entry's own. Keys that are left out take their values from
/// the record that holds the list; the property is null in an entry that changes none of them.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OverridesAttribute : Attribute;
