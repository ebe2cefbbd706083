using WanLab.Curation.Editing;

namespace WanLab.Curation.Captioning;

/// <summary>Writes captions and takes them back. The history is written first, so that whatever is interrupted can be undone.</summary>
internal static class CaptionWriter
{
    /// <summary>Writes captions as one step.</summary>
    /// <param name="folder">The folder of clips.</param>
    /// <param name="changes">What is changed; nothing is done where it is empty.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WanLabException">A caption was changed by somebody else meanwhile, or cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<CaptionChange> changes, TimeProvider time)
    {
        if (changes.Count == 0) return;
        // From the look at what is there to the last caption, nobody else writes.
        using var held = FolderLock.Take(folder);
        foreach (var change in changes)
            if ((CaptionFile.Text(Place(folder, change)) ?? "") != (change.Before ?? ""))
                throw new WanLabException($"{Place(folder, change)}: was changed by another program at this moment; look again.");
        CaptionHistory.Add(folder, [.. changes.Select(change => change with { Time = time.GetUtcNow() })]);
        foreach (var change in changes) Put(folder, change);
    }

    /// <summary>Takes back the newest step that is not undone yet.</summary>
    /// <returns>What was put back.</returns>
    /// <exception cref="WanLabException">There is nothing to undo, or a caption was changed since then.</exception>
    public static IReadOnlyList<CaptionChange> Undo(string folder, TimeProvider time)
    {
        using var held = FolderLock.Take(folder);
        var all = CaptionHistory.Read(folder);
        var step = CaptionHistory.Undoable(all) ?? throw new WanLabException($"{folder}: there is no change of a caption to undo.");
        var back = new List<CaptionChange>();
        foreach (var change in all.Where(change => change.Step == step).Reverse())
        {
            var now = CaptionFile.Text(Place(folder, change));
            if (now == change.Before) continue; // it was never written, or is back already
            if (now != change.After)
                throw new WanLabException($"{Place(folder, change)}: was changed since by another program, and undoing would lose that " +
                    $"text. Before step {step} it was: {change.Before ?? "(no file)"}");
            back.Add(new CaptionChange(change.Clip, change.File, change.After, change.Before, time.GetUtcNow()));
        }
        // A step of which nothing is left counts as undone too, so that the one before it can be.
        CaptionHistory.Add(folder, back.Count > 0 ? back : [.. all.Where(change => change.Step == step).Take(1)
            .Select(change => change with { Before = change.Before, After = change.Before, Time = time.GetUtcNow() })], undoes: step);
        foreach (var change in back) Put(folder, change);
        return back;
    }

    private static string Place(string folder, CaptionChange change) => Path.Combine(folder, Path.GetFileName(change.File));

    // Only a file that was made by a step is deleted, when that step is undone.
    private static void Put(string folder, CaptionChange change)
    {
        var file = Place(folder, change);
        if (change.After is { } text) CaptionFile.Write(file, text);
        else CaptionFile.Delete(file);
    }
}
