namespace WanLab.Content;

/// <summary>One entry of a <see cref="ContentStore"/> on disk.</summary>
/// <param name="File">Path of the entry's file.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Used">Time at which a run last asked for the entry.</param>
internal sealed record CachedEntry(string File, long Bytes, DateTimeOffset Used)
{
    /// <summary>Reads the whole file and says whether its bytes are those that were written.</summary>
    public bool IsWhole() => ContentStore.IsWhole(File);
}

/// <summary>Lists and cleans up the files of a <see cref="ContentStore"/>.</summary>
internal static class ContentListing
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>All entries, ordered by name; an empty list where the folder does not exist.</summary>
    public static IReadOnlyList<CachedEntry> Of(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !IsUnfinished(file))
            .Order(StringComparer.Ordinal)
            .Select(file => new FileInfo(file))
            .Select(file => new CachedEntry(file.FullName, file.Length, file.LastWriteTimeUtc)),
    ];

    /// <summary>
    /// Deletes temporary files of processes that were killed while they wrote. Files younger than a day are kept, since they may
    /// still be being written. Returns the number of files deleted.
    /// </summary>
    public static int DeleteLeftovers(string folder, DateTimeOffset now)
    {
        if (!Directory.Exists(folder)) return 0;
        var left = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => IsUnfinished(file) && now - File.GetLastWriteTimeUtc(file) > Abandoned).ToList();
        foreach (var file in left) File.Delete(file);
        return left.Count;
    }

    private static bool IsUnfinished(string file) =>
        Path.GetFileName(file).StartsWith(ContentStore.TemporaryPrefix, StringComparison.Ordinal);
}
