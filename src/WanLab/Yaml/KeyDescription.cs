using WanLab.Options;

namespace WanLab.Yaml;

/// <summary>A value that a key takes, by its word.</summary>
/// <param name="Word">The word.</param>
/// <param name="Meaning">What it stands for.</param>
public sealed record WordMeaning(string Word, string Meaning);

/// <summary>Everything that is known of a key, for people.</summary>
public sealed record KeyDescription
{
    /// <summary>Full name, as <c>training.steps</c> and <c>datasets.N.path</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a section or mapping of keys.</summary>
    public bool IsSection { get; init; }

    /// <summary>Whether it is a key of a list's entry that stands for the key of the same name around the list.</summary>
    public bool IsOverride { get; init; }

    /// <summary>The values it takes, in a few words.</summary>
    public required string Allowed { get; init; }

    /// <summary>The value where the key is left out, as YAML; null where it must be given, and for sections.</summary>
    public string? Default { get; init; }

    /// <summary>Text that says why it must be given; null where it need not be.</summary>
    public string? Missing { get; init; }

    /// <summary>What it does.</summary>
    public required string Meaning { get; init; }

    /// <summary>The words it takes; empty where it takes others.</summary>
    public IReadOnlyList<WordMeaning> Words { get; init; } = [];

    /// <summary>Whether it may change when a run is resumed.</summary>
    public Change OnResume { get; init; }

    /// <summary>Text that says why it may not.</summary>
    public string? Reason { get; init; }
}
