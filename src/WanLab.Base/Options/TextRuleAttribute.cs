namespace WanLab.Options;

/// <summary>A rule for the text of an option.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class TextRuleAttribute : Attribute
{
    /// <summary>The rule in a few words, for the list of keys.</summary>
    public abstract string Words { get; }

    /// <summary>The rule as a regular expression that editors understand.</summary>
    public abstract string Pattern { get; }

    /// <summary>Text that says what is wrong with a value; null where nothing is.</summary>
    public abstract string? Complaint(string text);
}

/// <summary>Text that must not be empty.</summary>
/// <param name="complaint">Text that says what is needed.</param>
internal sealed class NotEmptyAttribute(string complaint) : TextRuleAttribute
{
    /// <inheritdoc/>
    public override string Words => "not empty";

    /// <inheritdoc/>
    public override string Pattern => ".";

    /// <inheritdoc/>
    public override string? Complaint(string text) => text.Length == 0 ? complaint : null;
}
