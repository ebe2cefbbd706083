using WanLab.Models;

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
    /// name has several such words, the one before "noise" counts, otherwise the last.
    /// </summary>
    /// <param name="path">Either file, whether it exists or not.</param>
    /// <returns>The two files; null where the name does not say which expert the file is for.</returns>
    public static LoraPair? Find(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var words = Word().Matches(name);
        if (words.Count == 0) return null;
        var word = words.LastOrDefault(w => name[(w.Index + w.Length)..]
            .TrimStart('_', '-', ' ', '.')
            .StartsWith("noise", StringComparison.OrdinalIgnoreCase)) ?? words[^1];
        var isHigh = word.Value.Equals("high", StringComparison.OrdinalIgnoreCase);
        var other = name[..word.Index] + InCaseOf(word.Value, isHigh ? "low" : "high") + name[(word.Index + word.Length)..];
        var (given, found) = (Existing(path), Existing(Path.Combine(Path.GetDirectoryName(path) ?? "", other + Path.GetExtension(path))));
        return isHigh ? new LoraPair(given, found) : new LoraPair(found, given);
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
        "(?<![A-Za-z])(?i:high|low)(?![A-Za-z])|(?<![A-Za-z])(?i:high|low)(?=(?i:noise))|(?<=[a-z])(?:High|Low|HIGH|LOW)(?![a-z])|(?<![A-Za-z])(?:High|Low)(?=[A-Z])|(?<=[a-z])(?:High|Low)(?=noise)")]
    private static partial Regex Word();
}
