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

    /// <summary>All notes by line, including those about unknown keys.</summary>
    public IReadOnlyList<ImportNote> AllNotes()
    {
        foreach (var section in _sections.ToList()) section.TellUnknown();
        return [.. Notes.OrderBy(n => n.Line == 0 ? int.MaxValue : n.Line)];
    }
}
