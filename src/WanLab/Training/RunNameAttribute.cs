namespace WanLab.Training;

/// <summary>The rule for a text that names a run's folder.</summary>
internal sealed partial class RunNameAttribute : TextRuleAttribute
{
    /// <summary>The longest name: file names hold 255 bytes, and a checkpoint adds its step and expert.</summary>
    public const int MaxLength = 200;

    public override string Words => FormattableString.Invariant($"at most {MaxLength} letters, digits, '_', '-' and '.'");

    public override string Pattern => FormattableString.Invariant($"^(?=.{{1,{MaxLength}}}$)[.]*[A-Za-z0-9_-][A-Za-z0-9_.-]*$");

    public override string? Complaint(string text)
    {
        if (text.Length > MaxLength)
            return FormattableString.Invariant($"has {text.Length} letters; at most {MaxLength} fit into the names of its files");
        var illegal = Illegal().Matches(text).Select(m => $"'{m.Value}'").Distinct().ToList();
        if (illegal.Count > 0) return $"may hold letters, digits, '_', '-' and '.', but has {string.Join(", ", illegal)}";
        return text.Trim('.').Length == 0 ? $"must hold a letter or digit, to name a folder; not '{text}'" : null;
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex Illegal();
}
