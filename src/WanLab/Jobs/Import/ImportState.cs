namespace WanLab.Jobs.Import;

/// <summary>What one import gathers.</summary>
internal sealed class ImportState(string file)
{
    private readonly List<SourceSection> _sections = [];

    /// <summary>The foreign file.</summary>
    public string File { get; } = file;

    /// <summary>The job's name, which stands in for <c>[name]</c> everywhere.</summary>
    public string Name { get; set; } = "";

    public List<ImportNote> Notes { get; } = [];

    public void Opened(SourceSection section) => _sections.Add(section);

    /// <summary>ai-toolkit replaces <c>[name]</c> in the whole text.</summary>
    public string Expand(string text) => text.Replace("[name]", Name, StringComparison.Ordinal);

    /// <summary>All remarks by line, those about keys that nobody knew included.</summary>
    public IReadOnlyList<ImportNote> AllNotes()
    {
        foreach (var section in _sections.ToList()) section.TellUnknown();
        return [.. Notes.OrderBy(n => n.Line == 0 ? int.MaxValue : n.Line)];
    }
}
