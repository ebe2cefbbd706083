namespace WanLab.Curation.Editing;

/// <summary>
/// The decisions about a folder of clips, with their history. Any number of books and processes may work on one folder: a change is made
/// to what the file holds at that moment, and one that was based on older decisions about the same clip is refused.
/// </summary>
internal sealed class CurationBook
{
    /// <summary>Number of changes that the history keeps; older ones can no longer be undone.</summary>
    public const int Kept = 2000;

    private readonly TimeProvider _time;
    private readonly Lock _writing = new();

    private CurationBook(string folder, TimeProvider time) => (Folder, _time) = (folder, time);

    /// <summary>The folder of clips.</summary>
    public string Folder { get; }

    /// <summary>A sentence about a damaged file that was set aside; null where all is well.</summary>
    public string? Notice { get; private set; }

    /// <summary>The decisions as this book has seen them last.</summary>
    public CurationState State { get; private set; } = new();

    /// <summary>The changes that can be undone, the newest last.</summary>
    public IReadOnlyList<CurationChange> History => [.. State.History.Take(State.Done)];

    /// <summary>Opens the book of a folder. Nothing is written, unless a damaged file has to be set aside.</summary>
    /// <exception cref="WanLabException">There is no such folder, or its decisions cannot be read.</exception>
    public static CurationBook Open(string folder, TimeProvider time)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: there is no such folder; give a folder of clips.");
        var book = new CurationBook(folder, time);
        book.Reload();
        return book;
    }

    /// <summary>Reads the file again.</summary>
    public CurationState Reload()
    {
        try
        {
            return State = CurationFile.Read(Folder);
        }
        catch (DamagedCurationException)
        {
            using var held = FolderLock.Take(Folder);
            return State = ReadOrSetAside();
        }
    }

    /// <summary>The decisions about a clip.</summary>
    public ClipCuration Of(string clip) => State.Of(clip);

    /// <summary>Changes the decisions about a clip.</summary>
    /// <param name="clip">Name of the clip's file.</param>
    /// <param name="expectedRevision">The revision that the change is based on.</param>
    /// <param name="edit">Makes the new decisions of those that stand, in a moment: the file is locked meanwhile.</param>
    /// <param name="words">What is done, for the history; null describes it.</param>
    /// <returns>The new state; the same one where nothing changes.</returns>
    /// <exception cref="CurationConflictException">The clip was changed after that revision.</exception>
    public CurationState Change(string clip, long expectedRevision, Func<ClipCuration, ClipCuration> edit, string? words = null) =>
        Change([clip], expectedRevision, (_, now) => edit(now), words);

    /// <summary>Changes the decisions about several clips in one step.</summary>
    /// <inheritdoc cref="Change(string, long, Func{ClipCuration, ClipCuration}, string?)"/>
    public CurationState Change(IReadOnlyList<string> clips, long expectedRevision, Func<string, ClipCuration, ClipCuration> edit,
        string? words = null) => Write(state =>
        {
            if (clips.FirstOrDefault(clip => state.RevisionOf(clip) > expectedRevision) is { } stale)
                throw new CurationConflictException($"{stale}: its decisions were changed elsewhere (revision {state.RevisionOf(stale)}, "
                    + $"yours is {expectedRevision}). Nothing was written; look at them and change them again.", state);
            List<ClipChange> changes = [.. clips.Distinct().Select(clip => new ClipChange(clip, state.Of(clip), edit(clip, state.Of(clip))))
                .Where(change => change.Before != change.After)];
            if (changes.Count == 0) return state;
            var change = new CurationChange(state.Revision + 1, _time.GetUtcNow(), words ?? CurationText.Of(changes), changes);
            // What was undone and not redone is given up by a new change, as in any editor.
            List<CurationChange> history = [.. state.History.Take(state.Done), change];
            if (history.Count > Kept) history.RemoveRange(0, history.Count - Kept);
            return With(state, changes.Select(each => (each.Clip, each.After))) with { History = history, Done = history.Count };
        });

    /// <summary>Takes the last change back.</summary>
    /// <param name="expectedRevision">The revision that the user sees; null for whatever is there.</param>
    /// <exception cref="WanLabException">There is nothing to undo, or somebody else has changed something.</exception>
    public CurationState Undo(long? expectedRevision = null) => Write(state =>
    {
        Require(state, expectedRevision);
        if (state.Done == 0) throw new WanLabException($"{Folder}: there is nothing to undo.");
        var change = state.History[state.Done - 1];
        return With(state, change.Clips.Select(each => (each.Clip, each.Before))) with { Done = state.Done - 1 };
    });

    /// <summary>Makes the change again that was undone last.</summary>
    /// <inheritdoc cref="Undo"/>
    public CurationState Redo(long? expectedRevision = null) => Write(state =>
    {
        Require(state, expectedRevision);
        if (state.Done == state.History.Count) throw new WanLabException($"{Folder}: there is nothing to redo.");
        var change = state.History[state.Done];
        return With(state, change.Clips.Select(each => (each.Clip, each.After))) with { Done = state.Done + 1 };
    });

    /// <summary>Records where the folder's clips come from.</summary>
    internal CurationState Record(AppliedOrigin origin) => Write(state => state with { Origin = origin });

    private CurationState Write(Func<CurationState, CurationState> change)
    {
        lock (_writing)
        {
            using var held = FolderLock.Take(Folder);
            var before = ReadOrSetAside();
            State = before;
            var after = change(before);
            if (!ReferenceEquals(before, after)) CurationFile.Write(Folder, after);
            return State = after;
        }
    }

    private CurationState ReadOrSetAside()
    {
        try
        {
            return CurationFile.Read(Folder);
        }
        catch (DamagedCurationException e)
        {
            var aside = DamagedFile.SetAside(CurationFile.In(Folder));
            Notice = $"{e.Message} It was set aside as {Path.GetFileName(aside)}, and the decisions begin empty.";
            return new CurationState();
        }
    }

    private static void Require(CurationState state, long? expectedRevision)
    {
        if (expectedRevision is { } expected && expected != state.Revision)
            throw new CurationConflictException($"The decisions were changed elsewhere (revision {state.Revision}, yours is {expected}). "
                + "Nothing was undone or redone; look at them first.", state);
    }

    private static CurationState With(CurationState state, IEnumerable<(string Clip, ClipCuration Curation)> changed)
    {
        var clips = new SortedDictionary<string, ClipEntry>(state.Clips.ToDictionary(), StringComparer.Ordinal);
        // An entry without decisions stays: its revision is what a stale change is recognised by.
        foreach (var (clip, curation) in changed) clips[clip] = new ClipEntry(state.Revision + 1, curation);
        return state with { Revision = state.Revision + 1, Clips = clips };
    }
}
