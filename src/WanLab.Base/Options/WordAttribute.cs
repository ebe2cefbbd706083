namespace WanLab.Options;

/// <summary>Gives an enum's value the word that files and displays use for it.</summary>
/// <param name="text">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class WordAttribute(string text) : Attribute
{
    /// <summary>The word that files and displays use.</summary>
    public string Text { get; } = text;
}
