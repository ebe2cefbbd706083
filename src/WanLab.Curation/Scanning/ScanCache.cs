using WanLab.Content;
using WanLab.Curation.Motion;
using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>
/// Examinations kept by content: a clip is decoded once, whatever it is called, and again only when its bytes or the version of ffmpeg
/// change. A cache that cannot be read or written costs time and nothing else.
/// </summary>
internal sealed class ScanCache
{
    // To be raised whenever an examination finds something else in the same file.
    private const string Version = "clip scan/3";

    private readonly ContentStore _store;
    private readonly KnownMedia _facts;
    private readonly FileHashes _hashes = new();

    /// <param name="folder">Folder of the cache.</param>
    public ScanCache(string folder)
    {
        _store = new ContentStore(folder, static _ => { });
        _facts = new KnownMedia(folder);
    }

    /// <summary>Number of files that had to be decoded.</summary>
    public int Decoded => _decoded;

    private int _decoded;

    /// <summary>The examination of a clip, kept or made.</summary>
    /// <exception cref="WanLabException">The clip cannot be used; this is not kept.</exception>
    public ClipExamination Of(string path, CancellationToken cancellation)
    {
        RegularFile.Require(path);
        var key = Key(Version, path);
        if (Kept(key, path) is { } known) return known;
        var pass = FramePass.Of(path, cancellation);
        var made = ClipExaminer.Examine(pass);
        Interlocked.Increment(ref _decoded);
        _facts.Keep(path, made.Facts);
        Keep(key, file => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(Stored.Of(made))));
        Keep(Key(ClipStrip.Version, path), file => ClipStrip.Write(file, pass.Colour));
        Keep(Key(ClipStrip.MiddleVersion, path), file => ClipStrip.WriteMiddle(file, pass.Colour));
        return made;
    }

    /// <summary>The examination of a clip if it was made before; null otherwise, and for a file that cannot be read. Nothing is decoded.
    /// </summary>
    public ClipExamination? Known(string path)
    {
        try
        {
            return Kept(Key(Version, path), path);
        }
        catch (WanLabException)
        {
            return null;
        }
    }

    /// <summary>The file with a clip's frames side by side, made if need be.</summary>
    /// <exception cref="WanLabException">The clip cannot be used, or the cache cannot be written.</exception>
    public string Strip(string path, CancellationToken cancellation)
    {
        var key = Key(ClipStrip.Version, path);
        return _store.TryGet(key, out var file) ? file
            : _store.PutFile(key, made => ClipStrip.Write(made, FramePass.Of(path, cancellation).Colour));
    }

    /// <summary>The file with a clip's middle frame, made if need be.</summary>
    /// <exception cref="WanLabException">The clip cannot be used, or the cache cannot be written.</exception>
    public string Middle(string path, CancellationToken cancellation)
    {
        var key = Key(ClipStrip.MiddleVersion, path);
        return _store.TryGet(key, out var file) ? file
            : _store.PutFile(key, made => ClipStrip.WriteMiddle(made, FramePass.Of(path, cancellation).Colour));
    }

    private CacheKey Key(string kind, string path) => new CacheKey(kind).With("file", _hashes.Of(path)).With("ffmpeg", Ffmpeg.Version);

    private ClipExamination? Kept(CacheKey key, string path)
    {
        try
        {
            return _store.TryGet(key, out var file) && _facts.Kept(path) is { } facts
                ? JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(file))!.Examination(facts)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Keep(CacheKey key, Action<string> write)
    {
        try
        {
            _store.PutFile(key, write);
        }
        catch (WanLabException)
        {
        }
    }

    private sealed record Stored(ClipMotion Motion, ClipFinding[] Findings, byte[] Print, double? Sharpness)
    {
        public static Stored Of(ClipExamination made) => new(made.Motion, [.. made.Findings], made.Print.Pictures,
            double.IsNaN(made.Sharpness) ? null : made.Sharpness);

        public ClipExamination Examination(MediaFacts facts) => new(facts, Motion, Findings, new ClipPrint(Print), Sharpness ?? double.NaN);
    }
}
