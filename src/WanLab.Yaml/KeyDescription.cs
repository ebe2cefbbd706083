namespace WanLab.Yaml;

/// <summary>A word that a key accepts as its value.</summary>
/// <param name="Word">The word.</param>
/// <param name="Meaning">The meaning of the word.</param>
internal sealed record WordMeaning(string Word, string Meaning);

/// <summary>The description of a key for people.</summary>
internal sealed record KeyDescription
{
    /// <summary>Full name, such as <c>training.steps</c> and <c>datasets.N.path</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the key is a section or mapping of keys.</summary>
    public bool IsSection { get; init; }

    /// <summary>Whether the key of a list's entry overrides the key of the same name around the list.</summary>
    public bool IsOverride { get; init; }

    /// <summary>The values that the key accepts, in a few words.</summary>
    public required string Allowed { get; init; }

    /// <summary>The value used if the key is left out, as YAML; null if the key is required, and for sections.</summary>
    public string? Default { get; init; }

    /// <summary>The reason why the key is required; null if it is not.</summary>
    public string? Missing { get; init; }

    /// <summary>Meaning of the key.</summary>
    public required string Meaning { get; init; }

    /// <summary>The words that the key accepts; empty if it accepts other values.</summary>
    public IReadOnlyList<WordMeaning> Words { get; init; } = [];

    /// <summary>Whether the key may change when a run is resumed.</summary>
    public Change OnResume { get; init; }

    /// <summary>The reason why the key may not change.</summary>
    public string? Reason { get; init; }
}
