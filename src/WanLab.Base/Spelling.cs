namespace WanLab;

/// <summary>The nearest of some names to one that is not among them.</summary>
internal static class Spelling
{
    /// <summary>The nearest name, if it is near enough to be what was meant.</summary>
    /// <param name="wanted">What was written.</param>
    /// <param name="names">The names that exist.</param>
    public static string? Meant(string wanted, IEnumerable<string> names) =>
        names.MinBy(name => Distance(name, wanted)) is { } nearest && Distance(nearest, wanted) <= Math.Max(2, wanted.Length / 3)
            ? nearest : null;

    /// <summary>Levenshtein's edit distance; case and the choice of <c>-</c> or <c>_</c> are ignored.</summary>
    public static int Distance(string a, string b)
    {
        a = a.ToLowerInvariant().Replace('-', '_');
        b = b.ToLowerInvariant().Replace('-', '_');
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
