using Microsoft.AspNetCore.Http;
using WanLab.Content;
using WanLab.Curation.Scanning;
using WanLab.Curation.Xray;
using WanLab.Media;

namespace WanLab.Curator;

/// <summary>Pictures and videos of the folder's clips, by name; there is no way to another file.</summary>
internal sealed class CuratorMedia
{
    private const int PreviewSide = 640;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "video/mp4", [".m4v"] = "video/mp4", [".mov"] = "video/mp4", [".webm"] = "video/webm", [".ogv"] = "video/ogg",
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".webp"] = "image/webp", [".avif"] = "image/avif",
    };

    private readonly CuratorSession _session;
    private readonly ScanCache _cache;
    private readonly ContentStore _store;
    private readonly FileHashes _hashes = new();
    private readonly SemaphoreSlim _one = new(1);

    /// <param name="session">The folder.</param>
    /// <param name="cacheFolder">Folder where strips and previews are kept.</param>
    public CuratorMedia(CuratorSession session, string cacheFolder)
    {
        _session = session;
        _cache = new ScanCache(cacheFolder);
        _store = new ContentStore(cacheFolder, static _ => { });
    }

    /// <summary>Frames of a clip side by side.</summary>
    public IResult Strip(string name, CancellationToken cancellation) => _session.File(name) is { } file
        ? Results.File(_cache.Strip(file, cancellation), "image/jpeg") : Results.NotFound();

    /// <summary>The middle frame of a clip.</summary>
    public IResult Middle(string name, CancellationToken cancellation) => _session.File(name) is { } file
        ? Results.File(_cache.Middle(file, cancellation), "image/jpeg") : Results.NotFound();

    /// <summary>The clip itself.</summary>
    public IResult Clip(string name) => _session.File(name) is { } file
        ? Results.File(file, Types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream"), enableRangeProcessing: true)
        : Results.NotFound();

    /// <summary>The clip in a form that every browser plays, for those it does not: the same frames at the same times, smaller.</summary>
    public async Task<IResult> PreviewAsync(string name, CancellationToken cancellation)
    {
        if (_session.File(name) is not { } file) return Results.NotFound();
        var facts = _session.Facts(name);
        var key = new CacheKey("clip preview/1").With("file", _hashes.Of(file)).With("ffmpeg", Ffmpeg.Version);
        await _one.WaitAsync(cancellation);
        try
        {
            if (!_store.TryGet(key, out var preview))
                preview = _store.PutFile(key, made => Encode(file, facts, made, cancellation));
            return Results.File(preview, "video/mp4", enableRangeProcessing: true);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>
    /// The frames, picture and speed that training will use of a clip with its edits: the middle window of a native selection, of its
    /// first part.
    /// </summary>
    /// <exception cref="WanLabException">Nothing of the clip can be trained on so; the message says why.</exception>
    public async Task<IResult> TrainedAsync(string name, int frames, int resolution, CancellationToken cancellation)
    {
        if (_session.File(name) is not { } file) return Results.NotFound();
        if (ClipSize.FrameComplaint(frames) is { } complaint) throw new WanLabException($"frames: {complaint}.");
        _session.Book.Reload();
        var decisions = _session.Book.Of(name);
        var options = Xrays.Usual(_session.Book.Folder) with { NumFrames = frames, Resolutions = [resolution] };
        var key = new CacheKey("clip as trained/1").With("file", _hashes.Of(file)).With("ffmpeg", Ffmpeg.Version).With("frames", frames)
            .With("resolution", resolution).With("parts", string.Join(' ', decisions.Parts));
        await _one.WaitAsync(cancellation);
        try
        {
            if (!_store.TryGet(key, out var trained))
                trained = _store.PutFile(key, made => Xrays.Item(file, decisions, options, cancellation).Write(made, cancellation));
            return Results.File(trained, "video/mp4", enableRangeProcessing: true);
        }
        finally
        {
            _one.Release();
        }
    }

    private static void Encode(string file, MediaFacts facts, string made, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(file);
        var scale = Math.Min(1, (double)PreviewSide / Math.Max(facts.Width, facts.Height));
        var (width, height) = (Even(facts.Width * scale), Even(facts.Height * scale));
        string[] steps = [.. facts.Conversion?.BeforeSelection ?? [], .. facts.Conversion?.AfterSelection ?? [],
            $"scale={width}:{height}", "format=yuv420p"];
        var (code, _, errors) = Ffmpeg.Run("ffmpeg",
        [
            "-nostdin", "-y", "-v", "error", .. facts.Conversion?.InputOptions ?? [], .. Ffmpeg.Input(full, MediaFormat.Of(file)), "-map",
                "0:V:0",
            "-vf", string.Join(',', steps), "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-g", "12",
            "-movflags", "+faststart", "-f", "mp4", "file:" + made,
        ], limit: Ffmpeg.TimeLimit(full), cancellation: cancellation);
        if (code != 0) throw new WanLabException($"{file}: cannot be shown. ffmpeg says: {Ffmpeg.Reason(errors, full)}");

        static int Even(double length) => Math.Max(2, 2 * (int)Math.Round(length / 2));
    }
}
