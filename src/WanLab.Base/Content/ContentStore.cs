namespace WanLab.Content;

/// <summary>
/// Stores files under keys that name everything they were made from. The file name of an entry holds the hash of its key and the
/// hash of its bytes, so one rename publishes both: readers and writers in several processes never see half an entry.
/// </summary>
internal sealed class ContentStore
{
    private readonly string _folder;
    private readonly Action<string> _onCorrupt;
    private readonly TimeProvider _time;

    /// <summary>Opens a store; its folder is created when the first entry is stored.</summary>
    /// <param name="folder">Folder of the entries.</param>
    /// <param name="onCorrupt">Receives a sentence about each entry that was found damaged and deleted.</param>
    /// <param name="time">Clock for the time of an entry's last use; the system's if null.</param>
    public ContentStore(string folder, Action<string> onCorrupt, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _folder = Path.GetFullPath(folder);
        _onCorrupt = onCorrupt;
    }

    /// <summary>
    /// Finds an entry and verifies its bytes. A damaged one is reported, deleted and counts as missing. Nothing needs to be written:
    /// a cache on a read-only disk, or another user's, serves as well.
    /// </summary>
    internal bool TryGet(CacheKey key, out string path)
    {
        var hash = key.Hash;
        path = "";
        foreach (var file in Candidates(hash))
        {
            if (IsReadableAndWhole(file))
            {
                path = file;
                Try(() => File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime)); // time of the last use, for cleaning
                return true;
            }
            if (!File.Exists(file)) continue; // another process has just deleted it
            _onCorrupt($"The cache entry {file} was damaged and is made again.");
            Try(() => File.Delete(file));
        }
        return false;
    }

    /// <summary>Stores what <paramref name="write"/> writes to a stream, all or nothing, and returns its path.</summary>
    /// <exception cref="WanLabException">The disk is full or the folder cannot be written.</exception>
    internal string Put(CacheKey key, Action<Stream> write) => PutFile(key, temporary =>
    {
        using var stream = File.Create(temporary);
        write(stream);
    });

    /// <summary>
    /// Stores the file that <paramref name="write"/> makes at the path it is given, all or nothing, and returns its path.
    /// </summary>
    /// <exception cref="WanLabException">The disk is full or the folder cannot be written.</exception>
    internal string PutFile(CacheKey key, Action<string> write)
    {
        var hash = key.Hash;
        var shard = Shard(hash);
        var path = "";
        try
        {
            Directory.CreateDirectory(shard);
            UnfinishedFile.Use(shard, unfinished =>
            {
                write(unfinished);
                path = Path.Combine(shard, $"{hash}.{FileHashes.Hash(unfinished)}");
                UnfinishedFile.Publish(unfinished, path);
            });
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"The cache folder {_folder} cannot be written: {e.Message} " +
                "Free some space, or name another place for the cache with WANLAB_CACHE.", e);
        }
    }

    /// <summary>Whether a file's bytes have the hash in its name; false if it was deleted in the meantime.</summary>
    internal static bool IsWhole(string file)
    {
        try
        {
            return "." + FileHashes.Hash(file) == Path.GetExtension(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private IReadOnlyList<string> Candidates(string hash)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Shard(hash), hash + ".*")
                .Where(file => ContentListing.IsName(Path.GetFileName(file))).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // there is no such folder, or not for this user: no entry either way
        }
    }

    private static bool IsReadableAndWhole(string file)
    {
        try
        {
            return IsWhole(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // For what is done on the way and matters to nobody who only reads.
    private static void Try(Action change)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }
    }

    private string Shard(string hash) => Path.Combine(_folder, hash[..2]);
}
