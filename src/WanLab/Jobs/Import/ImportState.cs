namespace WanLab.Jobs.Import;

/// <summary>The state of one import: the job's name and the notes so far.</summary>
internal sealed class ImportState(string file)
{
    private readonly List<SourceSection> _sections = [];

    /// <summary>Path of the foreign file.</summary>
    public string File { get; } = file;

    /// <summary>The job's name, which replaces <c>[name]</c> everywhere.</summary>
    public string Name { get; set; } = "";

    public List<ImportNote> Notes { get; } = [];

    public void Opened(SourceSection section) => _sections.Add(section);

    /// <summary>Replaces <c>[name]</c>, as ai-toolkit does in the whole text.</summary>
    public string Expand(string text) => text.Replace("[name]", Name, StringComparison.Ordinal);

    /// <summary>
    /// A seed as it is here. There, -1 stands for a new number each time, and a seed may be any whole number.
    /// </summary>
    /// <exception cref="WanLabException">The text is no whole number.</exception>
    public long? Seed(string text, int line, string key, long? otherwise)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) && seed >= 0) return seed;
        var place = line > 0 ? $"{File}:{line}" : File;
        if (!System.Numerics.BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            throw new WanLabException($"{place}: {key.Replace("config.process.0.", "", StringComparison.Ordinal)}: " +
                $"must be a whole number, not '{text}'; correct the file, then import it again.");
        var instead = otherwise is { } standard ? $"{standard} is written." : "the section's is used.";
        Notes.Add(new ImportNote(line, key, ImportOutcome.Changed, whole < 0
            ? $"{whole} means a new seed each time there; here a seed is fixed, so that results can be compared, and {instead}"
            : $"{whole} is larger than any seed here; {instead}"));
        return otherwise;
    }

    /// <summary>All notes by line, including those about unknown keys.</summary>
    public IReadOnlyList<ImportNote> AllNotes()
    {
        foreach (var section in _sections.ToList()) section.TellUnknown();
        return [.. Notes.OrderBy(n => n.Line == 0 ? int.MaxValue : n.Line)];
    }
}
