namespace WanLab.Options;

/// <summary>The word that stands for an enum's value, in files and on screen.</summary>
/// <param name="text">The word.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string text) : Attribute
{
    /// <summary>The word.</summary>
    public string Text { get; } = text;
}
