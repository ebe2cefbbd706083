using System.Text.RegularExpressions;

namespace WanLab.Content;

/// <summary>One entry of a <see cref="ContentStore"/> on disk.</summary>
/// <param name="File">Path of the entry's file.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Used">Time at which a run last asked for the entry.</param>
internal sealed record CachedEntry(string File, long Bytes, DateTimeOffset Used)
{
    /// <summary>Reads the whole file and says whether its bytes are those that were written.</summary>
    /// <exception cref="WanLabException">The file cannot be read.</exception>
    public bool IsWhole() => ContentListing.Guard(File, () => ContentStore.IsWhole(File));

    /// <summary>Deletes the file; one that another process deleted before is no error.</summary>
    /// <exception cref="WanLabException">The file cannot be deleted.</exception>
    public void Delete() => ContentListing.Guard(File, () =>
    {
        System.IO.File.Delete(File);
        return true;
    });
}

/// <summary>
/// Lists and cleans up the files of a <see cref="ContentStore"/>. Only names that the store gives count as entries, and no link is
/// followed, so nothing else is ever touched, whichever folder is named.
/// </summary>
internal static partial class ContentListing
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>All entries, ordered by name; an empty list where the folder does not exist.</summary>
    /// <exception cref="WanLabException">The folder cannot be read.</exception>
    public static IReadOnlyList<CachedEntry> Of(string folder) => Guard(folder, () => (IReadOnlyList<CachedEntry>)
    [
        .. Files(folder).Where(IsEntry).OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => new CachedEntry(file.FullName, file.Length, file.LastWriteTimeUtc)),
    ]);

    /// <summary>Refuses a folder that holds anything but a cache: it may be a mistyped one, in which nothing is to be deleted.</summary>
    /// <exception cref="WanLabException">There is something else in it; the message names it.</exception>
    public static void RequireCache(string folder)
    {
        if (!Path.Exists(folder)) return;
        var foreign = Guard(folder, () => Top(folder).Where(item => !IsShard(item))
            .Concat(Files(folder).Where(file => !IsEntry(file) && !IsUnfinished(file)))
            .Concat(Shards(folder).SelectMany(shard => shard.EnumerateDirectories()))
            .Select(item => item.FullName).Order(StringComparer.Ordinal).FirstOrDefault());
        if (foreign is not null)
            throw new WanLabException($"{folder}: is not only a cache of WanLab: there is {foreign} in it. Nothing was deleted. " +
                "Name the cache's own folder with --folder, or move that away.");
    }

    /// <summary>
    /// Deletes unfinished files of processes that were killed while they wrote. Files younger than a day are kept, since they may
    /// still be being written. Returns the number of files deleted.
    /// </summary>
    /// <exception cref="WanLabException">A file cannot be deleted.</exception>
    public static int DeleteLeftovers(string folder, DateTimeOffset now) => Guard(folder, () =>
    {
        var left = Files(folder).Where(file => IsUnfinished(file) && now - file.LastWriteTimeUtc > Abandoned).ToList();
        foreach (var file in left) file.Delete();
        return left.Count;
    });

    internal static T Guard<T>(string place, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{place}: {e.Message} Check the folder and who owns it.", e);
        }
    }

    internal static bool IsName(string name) => Name().IsMatch(name);

    private static IEnumerable<FileSystemInfo> Top(string folder) => new DirectoryInfo(folder).EnumerateFileSystemInfos();

    private static IEnumerable<DirectoryInfo> Shards(string folder) =>
        !Directory.Exists(folder) ? [] : Top(folder).Where(IsShard).Cast<DirectoryInfo>();

    private static IEnumerable<FileInfo> Files(string folder) => Shards(folder).SelectMany(shard => shard.EnumerateFiles());

    private static bool IsShard(FileSystemInfo item) => item is DirectoryInfo { LinkTarget: null } && Shard().IsMatch(item.Name);

    private static bool IsEntry(FileInfo file) =>
        file.LinkTarget is null && IsName(file.Name) && file.Name.StartsWith(file.Directory!.Name, StringComparison.Ordinal);

    // Version 0.1.0 named them .tmp-XXXXXXXX.XXX.
    private static bool IsUnfinished(FileInfo file) =>
        file.LinkTarget is null && (UnfinishedFile.Is(file.Name) || Earlier().IsMatch(file.Name));

    [GeneratedRegex(@"\A[0-9a-f]{2}\z")]
    private static partial Regex Shard();

    [GeneratedRegex(@"\A[0-9a-f]{64}\.[0-9a-f]{64}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A\.tmp-[a-z0-9]{8}\.[a-z0-9]{3}\z")]
    private static partial Regex Earlier();
}
