namespace WanLab.Content;

/// <summary>An entry of a <see cref="ContentStore"/> on disk.</summary>
/// <param name="File">Its file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Used">When a run last asked for it.</param>
public sealed record CachedEntry(string File, long Bytes, DateTimeOffset Used)
{
    /// <summary>Reads it whole and tells whether its bytes are those that were written.</summary>
    public bool IsWhole() => ContentStore.IsWhole(File);
}

/// <summary>Looks after the files of a <see cref="ContentStore"/>.</summary>
public static class ContentListing
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>All entries, by name; none where there is no folder.</summary>
    public static IReadOnlyList<CachedEntry> Of(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !IsUnfinished(file))
            .Order(StringComparer.Ordinal)
            .Select(file => new FileInfo(file))
            .Select(file => new CachedEntry(file.FullName, file.Length, file.LastWriteTimeUtc)),
    ];

    /// <summary>
    /// Deletes what processes left that were killed while they wrote; files younger than a day may still be written. Returns how
    /// many.
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
