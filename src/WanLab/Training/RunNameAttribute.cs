namespace WanLab.Training;

/// <summary>The rule for a text that names a run's folder.</summary>
internal sealed partial class RunNameAttribute : TextRuleAttribute
{
    public override string Words => "letters, digits, '_', '-' and '.'";

    public override string Pattern => "^[.]*[A-Za-z0-9_-][A-Za-z0-9_.-]*$";

    public override string? Complaint(string text)
    {
        var illegal = Illegal().Matches(text).Select(m => $"'{m.Value}'").Distinct().ToList();
        if (illegal.Count > 0) return $"may hold letters, digits, '_', '-' and '.', but has {string.Join(", ", illegal)}";
        return text.Trim('.').Length == 0 ? $"must hold a letter or digit, to name a folder; not '{text}'" : null;
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex Illegal();
}
