namespace WanLab.Curation.Editing;

/// <summary>All decisions about a folder of clips, as they stand in <c>curation.json</c>.</summary>
internal sealed record CurationState
{
    /// <summary>The form of the file that this program writes, and the highest that it reads.</summary>
    public const int Newest = 1;

    /// <summary>The form of the file.</summary>
    public int Version { get; init; } = Newest;

    /// <summary>A number that grows with each change, each undo and each redo.</summary>
    public long Revision { get; init; }

    /// <summary>The decisions by the clips' file names; a clip without an entry stays as it is.</summary>
    public IReadOnlyDictionary<string, ClipEntry> Clips { get; init; } = new Dictionary<string, ClipEntry>();

    /// <summary>The changes, the oldest first.</summary>
    public IReadOnlyList<CurationChange> History { get; init; } = [];

    /// <summary>Number of the changes in the history that are in force; those after it were undone and can be redone.</summary>
    public int Done { get; init; }

    /// <summary>The origin of the folder's clips, if WanLab wrote them; null for a folder of originals.</summary>
    public AppliedOrigin? Origin { get; init; }

    /// <summary>The decisions about a clip.</summary>
    public ClipCuration Of(string clip) => Clips.TryGetValue(clip, out var entry) ? entry.Curation : new ClipCuration();

    /// <summary>The revision at which a clip was changed last; 0 where it never was.</summary>
    public long RevisionOf(string clip) => Clips.TryGetValue(clip, out var entry) ? entry.Revision : 0;
}

/// <summary>The decisions about a clip.</summary>
/// <param name="Revision">The revision at which they were changed last.</param>
/// <param name="Curation">The decisions.</param>
internal sealed record ClipEntry(long Revision, ClipCuration Curation);
