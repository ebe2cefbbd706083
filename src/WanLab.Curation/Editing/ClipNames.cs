namespace WanLab.Curation.Editing;

/// <summary>Names of files, on any system that clips are carried to.</summary>
internal static class ClipNames
{
    private const int Longest = 200;
    private static readonly char[] Forbidden = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    /// <summary>Says why a text cannot be the name of a file; null where it can.</summary>
    public static string? Complaint(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "A name needs letters.";
        if (name.Length > Longest) return $"The name has {name.Length} characters; use at most {Longest}.";
        if (name.IndexOfAny(Forbidden) is >= 0 and var at) return $"The name '{name}' has a '{name[at]}'; use another character.";
        if (name.Any(char.IsControl)) return $"The name '{name}' has a control character; leave it out.";
        return name[0] == '.' || name.Trim() != name || name[^1] == '.'
            ? $"The name '{name}' begins or ends with a dot or a blank; leave that out."
            : null;
    }
}
