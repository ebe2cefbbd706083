using WanLab.Content;

namespace WanLab.Media;

/// <summary>
/// Facts of files, kept by content: a file is decoded once for all runs, whatever it is called, and again only when its bytes or the
/// version of ffmpeg change.
/// </summary>
internal sealed class KnownMedia
{
    private readonly ContentStore _store;
    private readonly FileHashes _hashes = new();

    /// <param name="folder">Folder of the cache.</param>
    public KnownMedia(string folder) => _store = new ContentStore(folder, static _ => { }); // a damaged entry costs a decoding, no more

    /// <summary>Number of files that this object had to decode.</summary>
    public int Decoded => _decoded;

    private int _decoded;

    /// <summary>The facts of a file, from the cache or by decoding it.</summary>
    /// <exception cref="WanLabException">The file cannot be used; this is not kept.</exception>
    public MediaFacts Of(string path, CancellationToken cancellation)
    {
        RegularFile.Require(path);
        var key = Key(path);
        if (Kept(key) is { } known) return known;
        var facts = VideoProbe.Probe(path, cancellation);
        Interlocked.Increment(ref _decoded);
        Keep(key, facts);
        return facts;
    }

    /// <summary>The facts of a file if they are kept; null if not. The file is not decoded.</summary>
    public MediaFacts? Kept(string path) => Kept(Key(path));

    /// <summary>Keeps the facts of a file that was decoded for another purpose.</summary>
    public void Keep(string path, MediaFacts facts) => Keep(Key(path), facts);

    private CacheKey Key(string path) =>
        new CacheKey("media facts/1").With("file", _hashes.Of(path)).With("ffmpeg", Ffmpeg.Version);

    private MediaFacts? Kept(CacheKey key)
    {
        try
        {
            return _store.TryGet(key, out var file)
                ? JsonSerializer.Deserialize<StoredFacts>(File.ReadAllBytes(file))!.Facts()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // cleaned meanwhile, or another user's: the file is decoded
        }
    }

    private void Keep(CacheKey key, MediaFacts facts)
    {
        try
        {
            _store.PutFile(key, file => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(StoredFacts.Of(facts))));
        }
        catch (WanLabException)
        {
            // A cache that cannot be written costs only the time of decoding again; encodings, which matter, report it.
        }
    }

    private sealed record StoredFacts(int Width, int Height, double[] Times, double Fps, string? Message, StoredGap[] Gaps, bool IsVariable,
        string[] Remarks, MediaConversion? Conversion)
    {
        public static StoredFacts Of(MediaFacts facts) => new(facts.Width, facts.Height, [.. facts.FrameTimes], facts.Fps,
            facts.DecoderMessage, [.. facts.Gaps.Select(gap => new StoredGap(gap.From, gap.To, gap.Frames))], facts.IsVariable,
            [.. facts.Remarks], facts.Conversion);

        public MediaFacts Facts() => new()
        {
            Width = Width,
            Height = Height,
            FrameTimes = Times,
            Fps = Fps,
            DecoderMessage = Message,
            Gaps = [.. Gaps.Select(gap => new MediaGap(gap.From, gap.To, gap.Frames))],
            IsVariable = IsVariable,
            Remarks = Remarks,
            Conversion = Conversion,
        };
    }

    private sealed record StoredGap(double From, double To, int Frames);
}
