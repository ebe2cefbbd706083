namespace WanLab;

/// <summary>Lists of names in messages, cut where they become too long to read.</summary>
internal static class Listing
{
    /// <summary>The names in a sentence: "a, b, and 10 more".</summary>
    public static string Of(IReadOnlyCollection<string> names, int most) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $", and {names.Count - most} more" : "");

    /// <summary>The names in front of what is true of each: "a, b and 10 other clips".</summary>
    public static string Others(IReadOnlyCollection<string> names, int most, string noun) => names.Count <= most
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most - 1))} and {names.Count - most + 1} other {noun}";

    /// <summary>
    /// A line with number, kind and names, after a line break: "12 LoHa weights: a, b, and 10 more". Nothing without names.
    /// </summary>
    public static string Line(string kind, IReadOnlyCollection<string> names, int most) =>
        names.Count == 0 ? "" : $"\n  {names.Count} {kind}: {Of(names, most)}";

    /// <summary>Sentences as indented lines, each after a line break; the last says how many more there are.</summary>
    public static string Lines(IReadOnlyCollection<string> sentences, int most) =>
        string.Concat(sentences.Take(most).Select(sentence => $"\n  {sentence}"))
        + (sentences.Count > most ? $"\n  and {sentences.Count - most} more" : "");
}
