using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace WanLab.Content;

/// <summary>
/// SHA-256 hashes of files. Each file is read once, and again only when its size or its time of modification has changed.
/// </summary>
internal sealed class FileHashes
{
    private readonly ConcurrentDictionary<(string Path, long Size, DateTime Changed), string> _known = new();

    /// <summary>The hash of the file's bytes, 64 lower-case hex digits.</summary>
    /// <exception cref="WanLabException">The file cannot be read.</exception>
    public string Of(string path)
    {
        try
        {
            var file = new FileInfo(Path.GetFullPath(path));
            return _known.GetOrAdd((file.FullName, file.Length, file.LastWriteTimeUtc), key => Hash(key.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    internal static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
