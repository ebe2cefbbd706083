using WanLab.Content;
using WanLab.Datasets;

namespace WanLab.Curation.Editing.Applying;

/// <summary>
/// A folder that WanLab writes clips to. Only files that are just as WanLab wrote them are replaced or removed; all else is the user's.
/// </summary>
internal sealed class AppliedFolder
{
    private readonly CurationBook _book;
    private readonly FileHashes _hashes;

    private AppliedFolder(CurationBook book, AppliedOrigin origin, FileHashes hashes) =>
        (_book, Origin, _hashes) = (book, origin, hashes);

    /// <summary>The origin of the files.</summary>
    public AppliedOrigin Origin { get; private set; }

    /// <summary>Opens a folder to write a plan to; it is made where it is missing.</summary>
    /// <exception cref="WanLabException">The folder has something that WanLab did not write from these originals.</exception>
    public static AppliedFolder Open(ApplyPlan plan, string wanlab, string ffmpeg, FileHashes hashes, TimeProvider time)
    {
        var source = Path.GetRelativePath(Path.GetFullPath(plan.Target), Path.GetFullPath(plan.Folder));
        var fresh = new AppliedOrigin { Source = source, SourceRevision = plan.Revision, Wanlab = wanlab, Ffmpeg = ffmpeg };
        try
        {
            if (File.Exists(plan.Target)) throw new WanLabException($"--to {plan.Target}: is a file; name a folder.");
            Directory.CreateDirectory(plan.Target);
            var inside = Directory.EnumerateFileSystemEntries(plan.Target).Where(path => !IsOwn(path)).ToList();
            var book = CurationBook.Open(plan.Target, time);
            if (book.State.Origin is not { } origin)
            {
                if (inside.Count == 0 && book.Notice is null) return new AppliedFolder(book, fresh, hashes);
                throw new WanLabException($"--to {plan.Target}: holds {Listing.Of([.. inside.Select(path => Path.GetFileName(path))], 3)}"
                    + $"{(book.Notice is { } notice ? $" ({notice})" : "")}, and WanLab did not write it. Name a new or empty folder.");
            }
            if (origin.Source != source)
                throw new WanLabException($"--to {plan.Target}: holds clips that were made of {origin.Source}, seen from there, and not of "
                    + $"{source}. Name a new or empty folder.");
            return new AppliedFolder(book, fresh with { Files = origin.Files }, hashes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"--to {plan.Target}: cannot be used: {e.Message} Check its permissions.", e);
        }
    }

    /// <summary>Path of a name in the folder.</summary>
    public string At(string name) => Path.Combine(_book.Folder, name);

    /// <summary>Whether a file is there that was made so, and is still as it was written.</summary>
    public bool Has(string name, AppliedFile wanted) => Origin.Files.TryGetValue(name, out var file)
        && file.Source == wanted.Source && file.SourceSha256 == wanted.SourceSha256 && file.Part == wanted.Part
        && (file.Command ?? []).SequenceEqual(wanted.Command ?? []) && IsAsWritten(name);

    /// <summary>Whether a file may be replaced: it is missing, or just as WanLab wrote it.</summary>
    public bool MayReplace(string name) => !Path.Exists(At(name)) || IsAsWritten(name);

    /// <summary>Whether a file is just as WanLab wrote it.</summary>
    public bool IsAsWritten(string name) =>
        Origin.Files.TryGetValue(name, out var file) && File.Exists(At(name)) && _hashes.Of(At(name)) == file.Sha256;

    /// <summary>Writes a file by way of an unfinished one, and records it.</summary>
    public void Put(string name, AppliedFile file, Action<string> write) => AtomicFile.Make(At(name), unfinished =>
    {
        write(unfinished);
        var hash = FileHashes.Hash(unfinished);
        // In this order, a killed process leaves no file that the record does not know, which would pass for the user's.
        File.Delete(At(name));
        Record(files => files[name] = file with { Sha256 = hash });
    });

    /// <summary>Removes files of an earlier plan that are as WanLab wrote them.</summary>
    /// <param name="wanted">Names of the files of this plan.</param>
    /// <returns>The removed files, and those that the user has changed and that stay.</returns>
    public (IReadOnlyList<string> Removed, IReadOnlyList<string> Kept) Tidy(IReadOnlySet<string> wanted)
    {
        var left = Origin.Files.Keys.Where(name => !wanted.Contains(name)).Order(StringComparer.Ordinal).ToList();
        var removed = left.Where(IsAsWritten).ToList();
        foreach (var name in removed) File.Delete(At(name));
        var kept = left.Except(removed).Where(name => Path.Exists(At(name))).ToList();
        Record(files =>
        {
            foreach (var name in left) files.Remove(name);
        });
        return (removed, kept);
    }

    private void Record(Action<SortedDictionary<string, AppliedFile>> change)
    {
        var files = new SortedDictionary<string, AppliedFile>(Origin.Files.ToDictionary(), StringComparer.Ordinal);
        change(files);
        Origin = Origin with { Files = files };
        _book.Record(Origin);
    }

    // What a stopped run leaves behind is none of the user's.
    private static bool IsOwn(string path) =>
        UnfinishedFile.Is(path) || CurationFiles.Is(path) || Path.GetFileName(path) == FolderLock.Name;
}
