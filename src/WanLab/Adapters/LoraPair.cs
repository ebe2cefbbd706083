namespace WanLab.Adapters;

/// <summary>The two files of a LoRA for both experts.</summary>
/// <param name="High">The high-noise expert's file, or null where there is none.</param>
/// <param name="Low">The low-noise expert's file, or null where there is none.</param>
internal sealed partial record LoraPair(string? High, string? Low)
{
    /// <summary>An expert's file, or null where there is none.</summary>
    public string? this[Expert expert] => expert == Expert.High ? High : Low;

    /// <summary>
    /// Finds a LoRA's two files from the path of either. They lie in one folder and differ in one word: <c>high</c> and
    /// <c>low</c>, in any case (<c>X_high_noise</c>, <c>X-HIGH</c>, <c>HighNoise</c>, <c>high_noise_model</c>). If a
    /// name has several such words, the one before "noise" counts, otherwise the last. The letters H and L, or HN and LN, count where
    /// both files exist. Otherwise the two may have one name and lie in folders that differ in such a word (<c>high/X</c>,
    /// <c>low/X</c>).
    /// </summary>
    /// <param name="path">Either file, whether it exists or not.</param>
    /// <returns>The two files; null where the path does not say which expert the file is for.</returns>
    public static LoraPair? Find(string path)
    {
        var (folder, name, ending) = (Path.GetDirectoryName(path) ?? "", Path.GetFileNameWithoutExtension(path), Path.GetExtension(path));
        if (WordIn(name) is { } word) return Pair(path, Path.Combine(folder, Swapped(name, word) + ending), IsHigh(word));
        foreach (var letters in Letters().Matches(name).Reverse())
        {
            var pair = Pair(path, Path.Combine(folder, Swapped(name, letters) + ending), IsHigh(letters));
            if (pair is { High: not null, Low: not null }) return pair;
        }
        var parent = Path.GetFileName(folder);
        if (parent.Length == 0 || (WordIn(parent) ?? Letters().Matches(parent).LastOrDefault()) is not { } mark) return null;
        var found = Pair(path, Path.Combine(Path.GetDirectoryName(folder) ?? "", Swapped(parent, mark), name + ending), IsHigh(mark));
        // A folder such as high_quality says nothing by itself.
        return found is { High: not null, Low: not null } || WholeFolder().IsMatch(parent) ? found : null;
    }

    /// <summary>The expert that a name says, by its words; null where it has none.</summary>
    internal static Expert? ExpertOf(string name) => WordIn(name) is not { } word ? null : IsHigh(word) ? Expert.High : Expert.Low;

    private static Match? WordIn(string name)
    {
        var words = Word().Matches(name);
        return words.Count == 0 ? null : words.LastOrDefault(w => name[(w.Index + w.Length)..]
            .TrimStart('_', '-', ' ', '.')
            .StartsWith("noise", StringComparison.OrdinalIgnoreCase)) ?? words[^1];
    }

    private static bool IsHigh(Match word) => word.Value[0] is 'h' or 'H';

    private static LoraPair Pair(string path, string other, bool isHigh)
    {
        var (given, found) = (Existing(path), Existing(other));
        return isHigh ? new LoraPair(given, found) : new LoraPair(found, given);
    }

    private static string Swapped(string name, Match word)
    {
        var other = word.Value.Length > 2
            ? InCaseOf(word.Value, IsHigh(word) ? "low" : "high")
            : (word.Value[0] switch { 'h' => "l", 'H' => "L", 'l' => "h", _ => "H" }) + word.Value[1..];
        return name[..word.Index] + other + name[(word.Index + word.Length)..];
    }

    private static string InCaseOf(string like, string word) =>
        char.IsLower(like[0]) ? word
            : like == like.ToUpperInvariant() ? word.ToUpperInvariant()
            : char.ToUpperInvariant(word[0]) + word[1..];

    // The file itself, or else the only one next to it whose name differs only in case (X_HIGH and X_low).
    private static string? Existing(string path)
    {
        if (File.Exists(path)) return path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) return null;
        string[] alike = [.. Directory.EnumerateFiles(folder).Where(
            file => Path.GetFileName(file).Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase))];
        return alike.Length == 1 ? alike[0] : null;
    }

    // A separate word (_high_, HIGH), before "noise" (highnoise), or set off by capitals (WanHigh, HighRank); not slow, flow, highway.
    [GeneratedRegex(
        "(?<![A-Za-z])(?i:high|low)(?![A-Za-z])|(?<![A-Za-z])(?i:high|low)(?=(?i:noise))" +
        "|(?<=[a-z])(?:High|Low|HIGH|LOW)(?![a-z])|(?<![A-Za-z])(?:High|Low)(?=[A-Z])|(?<=[a-z])(?:High|Low)(?=noise)")]
    private static partial Regex Word();

    [GeneratedRegex("(?<![A-Za-z0-9])(?:HN|LN|hn|ln|H|L|h|l)(?![A-Za-z0-9])")]
    private static partial Regex Letters();

    [GeneratedRegex("^(?:high|low)[_ -]?(?:noise)?[_ -]?(?:model|lora|expert)?$", RegexOptions.IgnoreCase)]
    private static partial Regex WholeFolder();
}
