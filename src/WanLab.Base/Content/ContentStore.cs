namespace WanLab.Content;

/// <summary>
/// Stores files under keys that name everything they were made from. The file name of an entry holds the hash of its key and the
/// hash of its bytes, so one rename publishes both: readers and writers in several processes never see half an entry.
/// </summary>
internal sealed class ContentStore
{
    internal const string TemporaryPrefix = ".tmp-";
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

    /// <summary>Finds an entry and verifies its bytes. A damaged one is reported, deleted and counts as missing.</summary>
    internal bool TryGet(CacheKey key, out string path)
    {
        var hash = key.Hash;
        var shard = Shard(hash);
        path = "";
        if (!Directory.Exists(shard)) return false;
        foreach (var file in Directory.EnumerateFiles(shard, hash + ".*").Order(StringComparer.Ordinal))
        {
            if (IsWhole(file))
            {
                path = file;
                File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime); // time of the last use, for cleaning
                return true;
            }
            _onCorrupt($"The cache entry {file} was damaged and is made again.");
            File.Delete(file);
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
        var temporary = Path.Combine(shard, TemporaryPrefix + Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(shard);
            write(temporary);
            using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite)) stream.Flush(flushToDisk: true);
            var path = Path.Combine(shard, $"{hash}.{FileHashes.Hash(temporary)}");
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException(
                $"The cache folder {_folder} cannot be written: {e.Message}. Free some space or choose another output folder.", e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    internal static bool IsWhole(string file)
    {
        try
        {
            return FileHashes.Hash(file) == Path.GetExtension(file)[1..];
        }
        catch (IOException)
        {
            // The file is unreadable, or another process has just deleted it: no entry either way.
            return false;
        }
    }

    private string Shard(string hash) => Path.Combine(_folder, hash[..2]);
}
