using WanLab.Jobs;

namespace WanLab.Notebooks;

/// <summary>Completes settings such as <c>training.steps=100</c> while they are typed.</summary>
internal static class SettingTexts
{
    /// <summary>The settings that begin with a text: sections, then keys, then words of a key.</summary>
    /// <param name="typed">The text in front of the cursor.</param>
    public static IReadOnlyList<string> Complete(string typed)
    {
        var texts = typed.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
            ? Words(typed[..at]).Select(word => $"{typed[..at]}={word}")
            : typed.Contains('.') ? Keys(typed) : JobKeys.All.Where(key => !key.Name.Contains('.')).Select(key => key.Name + ".");
        return [.. texts.Where(text => text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))];
    }

    // A list's first entry, unless the number of another is typed already.
    private static IEnumerable<string> Keys(string typed)
    {
        var number = typed.Split('.').FirstOrDefault(part => part.Length > 0 && part.All(char.IsAsciiDigit)) ?? "0";
        return JobKeys.All.Where(key => !key.IsSection && !key.IsOverride).Select(key => key.Name.Replace(".N.", $".{number}.") + "=");
    }

    private static IEnumerable<string> Words(string name)
    {
        var key = JobKeys.All.FirstOrDefault(key => string.Join('.', key.Name.Split('.').Where(part => part != "N"))
            == string.Join('.', name.Split('.').Where(part => !part.All(char.IsAsciiDigit))));
        return key is null ? [] : key.Words.Count > 0 ? key.Words.Select(word => word.Word)
            : key.Allowed == "true or false" ? ["true", "false"] : [];
    }
}
