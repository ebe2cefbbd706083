namespace WanLab.Content;

/// <summary>
/// Files on disk under the keys of what they were made from. An entry's file name holds the hash of its key and of its
/// bytes, so one rename publishes both: readers and writers in several processes never see half an entry.
/// </summary>
public sealed class ContentStore
{
    internal const string TemporaryPrefix = ".tmp-";
    private readonly string _folder;
    private readonly Action<string> _onCorrupt;
    private readonly TimeProvider _time;

    /// <summary>Opens a store; its folder is made when something is put in.</summary>
    /// <param name="folder">Where the entries lie.</param>
    /// <param name="onCorrupt">Told, in a sentence, of each entry that was found damaged and thrown away.</param>
    /// <param name="time">The clock that tells when an entry was last used; the system's if null.</param>
    public ContentStore(string folder, Action<string> onCorrupt, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _folder = Path.GetFullPath(folder);
        _onCorrupt = onCorrupt;
    }

    /// <summary>Finds an entry and verifies its bytes. A damaged one is reported, deleted and counts as missing.</summary>
    public bool TryGet(CacheKey key, out string path)
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
                File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime); // when it was last used, for cleaning
                return true;
            }
            _onCorrupt($"The cache entry {file} was damaged; it is made again.");
            File.Delete(file);
        }
        return false;
    }

    /// <summary>Stores what <paramref name="write"/> writes to a stream, all or nothing, and returns its path.</summary>
    /// <exception cref="WanLabException">The disk is full or the folder can not be written.</exception>
    public string Put(CacheKey key, Action<Stream> write) => PutFile(key, temporary =>
    {
        using var stream = File.Create(temporary);
        write(stream);
    });

    /// <summary>
    /// Stores the file that <paramref name="write"/> makes at the path it is given, all or nothing, and returns its path.
    /// </summary>
    /// <exception cref="WanLabException">The disk is full or the folder can not be written.</exception>
    public string PutFile(CacheKey key, Action<string> write)
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
                $"The cache folder {_folder} can not be written: {e.Message}. Free some space or choose another output folder.", e);
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
            // Unreadable, or another process has just thrown it away: no entry either way.
            return false;
        }
    }

    private string Shard(string hash) => Path.Combine(_folder, hash[..2]);
}
