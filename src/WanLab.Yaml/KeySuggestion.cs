namespace WanLab.Yaml;

/// <summary>The message about an unknown key.</summary>
internal static class KeySuggestion
{
    /// <summary>Names the nearest key of the same mapping, or the key with exactly that name elsewhere.</summary>
    /// <param name="path">Full name of the mapping; empty for the file.</param>
    /// <param name="name">The unknown key.</param>
    /// <param name="siblings">Keys of the mapping.</param>
    /// <param name="all">Full names of all keys of the file.</param>
    public static string For(string path, string name, IReadOnlyList<string> siblings, IReadOnlyList<string> all)
    {
        var nearest = siblings.MinBy(s => Spelling.Distance(s, name))!;
        var full = path.Length == 0 ? nearest : $"{path}.{nearest}";
        if (Spelling.Distance(nearest, name) <= Math.Max(2, name.Length / 3))
            return $"is not a known key; did you mean '{full}'?";

        var elsewhere = all.FirstOrDefault(p => p.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
        return elsewhere is not null
            ? $"is not a known key here; did you mean '{elsewhere}'?"
            : $"is not a known key; the nearest is '{full}' (known here: {string.Join(", ", siblings)})";
    }

    /// <summary>Finds the full name nearest to a wanted one: with the same last part, or with the fewest edits.</summary>
    public static string Nearest(string wanted, IReadOnlyList<string> all) =>
        all.FirstOrDefault(p => Spelling.Distance(p[(p.LastIndexOf('.') + 1)..], wanted[(wanted.LastIndexOf('.') + 1)..]) == 0)
        ?? all.MinBy(p => Math.Min(Spelling.Distance(p, wanted), Spelling.Distance(p[(p.LastIndexOf('.') + 1)..], wanted)))!;
}
