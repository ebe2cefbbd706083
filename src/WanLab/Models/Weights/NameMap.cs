namespace WanLab.Models.Weights;

/// <summary>
/// Translates module names between the official code and diffusers. A rule is a pair of dotted paths with the same number
/// of '#', which stand for the same numbers on both sides; the rest after a rule's path (".weight", ".lora_A.weight",
/// nothing) stays as it is.
/// </summary>
internal sealed class NameMap
{
    private readonly (string[] Official, string[] Diffusers)[] _rules;

    public NameMap(IEnumerable<(string Official, string Diffusers)> rules) =>
        _rules = [.. rules.Select(rule => (rule.Official.Split('.'), rule.Diffusers.Split('.')))];

    /// <summary>The diffusers name, or null for a name that no rule knows.</summary>
    public string? ToDiffusers(string official) => Map(official, _rules.Select(rule => (rule.Official, rule.Diffusers)));

    /// <summary>The official name, or null for a name that no rule knows.</summary>
    public string? ToOfficial(string diffusers) => Map(diffusers, _rules.Select(rule => (rule.Diffusers, rule.Official)));

    private static string? Map(string name, IEnumerable<(string[] From, string[] To)> rules)
    {
        var parts = name.Split('.');
        foreach (var (from, to) in rules)
        {
            if (Match(parts, from) is not { } numbers) continue;
            var next = 0;
            return string.Join('.', to.Select(part => part == "#" ? numbers[next++] : part).Concat(parts.Skip(from.Length)));
        }
        return null;
    }

    private static List<string>? Match(string[] parts, string[] pattern)
    {
        if (parts.Length < pattern.Length) return null;
        var numbers = new List<string>();
        for (var k = 0; k < pattern.Length; k++)
        {
            if (pattern[k] == "#" && parts[k].Length > 0 && parts[k].All(char.IsAsciiDigit)) numbers.Add(parts[k]);
            else if (pattern[k] != parts[k]) return null;
        }
        return numbers;
    }
}
