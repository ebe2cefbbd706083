namespace WanLab.Options;

/// <summary>Gives a property's key a name other than the property's name in snake case.</summary>
/// <param name="name">The name in the file.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class KeyAttribute(string name) : Attribute
{
    /// <summary>The name in the file.</summary>
    public string Name { get; } = name;
}

/// <summary>Marks a key that must be given.</summary>
/// <param name="reason">Text that says why, or what to write; it follows "is missing; ".</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredKeyAttribute(string reason) : Attribute
{
    /// <summary>Text that says why, or what to write.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Says how a list is written, and whether it may be empty.</summary>
/// <param name="example">An example of the list as a file writes it, for messages.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ItemsAttribute(string example) : Attribute
{
    /// <summary>An example of the list as a file writes it.</summary>
    public string Example { get; } = example;

    /// <summary>Whether at least one item must be given.</summary>
    public bool AtLeastOne { get; init; }
}

/// <summary>Puts the plain values of a record into a section of their own, next to its other sections.</summary>
/// <param name="name">Name of the section.</param>
/// <param name="meaning">Meaning of the section.</param>
/// <param name="missing">Text that says why the section must be given.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PlainValuesAttribute(string name, string meaning, string missing) : Attribute
{
    /// <summary>Name of the section.</summary>
    public string Name { get; } = name;

    /// <summary>Meaning of the section.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>Text that says why the section must be given.</summary>
    public string Missing { get; } = missing;
}
