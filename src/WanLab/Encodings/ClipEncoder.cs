using WanLab.Content;
using WanLab.Datasets;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>
/// Encodes clips, once for all runs or, where they are not cached, on each use: latents, and the condition (mask and
/// encoded first frame) that image-to-video training needs. Items of one frame get an empty condition, which does not give
/// the answer away. Cache entries are keyed by content, so a changed clip, crop, window or VAE gives another entry.
/// </summary>
internal sealed class ClipEncoder(ContentStore store, BaseModel model, long seed) : IDisposable
{
    /// <summary>
    /// Number of windows that `native` sampling caches per clip: its start is random, but a cache needs a fixed set of windows.
    /// They are spread over the clip, one at a random place in each quarter.
    /// </summary>
    public const int NativeWindows = 4;

    private readonly FileHashes _hashes = new();
    private readonly string _identity = model.Identity(ModelPart.Vae);
    private WanVae? _vae;
    private bool _told;

    /// <summary>Number of windows that this object encoded.</summary>
    public int Encoded { get; private set; }

    /// <summary>Number of windows found in the cache.</summary>
    public int FromCache { get; private set; }

    /// <summary>A clip whose windows are encoded on each use.</summary>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    internal EncodedClip Live(Clip clip) =>
        new LiveClip(clip, this, [clip.Sampling == FrameSampling.Native
            ? Key(clip, clip.PickFrames(0)).With("window", "any").Hash
            : Key(clip, clip.PickFrames(0)).Hash]);

    /// <summary>Finds or encodes every window of a clip. The VAE is opened when the first missing window is encoded.</summary>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    /// <exception cref="WanLabException">The cache cannot be written, or the VAE not be opened.</exception>
    public CachedClip Encode(Clip clip, CancellationToken cancellation)
    {
        var (windows, starts) = (new List<string>(), new List<int>());
        foreach (var frames in Windows(clip))
        {
            cancellation.ThrowIfCancellationRequested();
            windows.Add(Find(clip, frames, cancellation));
            starts.Add(frames[0]);
        }
        return new CachedClip(clip, windows) { Starts = starts, Again = window => Again(clip, window) };
    }

    /// <summary>Called once with a warning if cached windows that a run uses were deleted.</summary>
    internal Action<string> OnGone { get; set; } = _ => { };

    private string Find(Clip clip, int[] frames, CancellationToken cancellation)
    {
        var key = Key(clip, frames);
        if (store.TryGet(key, out var path))
        {
            FromCache++;
            return path;
        }
        Encoded++;
        return store.PutFile(key, file => Write(file, clip, frames, cancellation));
    }

    // The VAE leaves again at once: while a run trains, the device has no room to spare.
    private string Again(Clip clip, int window)
    {
        if (!_told) OnGone("Encoded clips were deleted from the cache while this run uses them; they are encoded again. " +
            "Clean the cache when no run is in progress.");
        _told = true;
        try
        {
            return Find(clip, Windows(clip).ElementAt(window), CancellationToken.None);
        }
        finally
        {
            Unload();
        }
    }

    /// <summary>Frees the VAE; it is opened again when needed.</summary>
    public void Unload()
    {
        _vae?.Dispose();
        _vae = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Unload();

    /// <summary>Encodes frames of a clip: normalised latents, and the mask with the condition, both float32, on the host.</summary>
    /// <exception cref="WanLabException">The clip can no longer be read.</exception>
    internal (Tensor Latent, Tensor Condition) Read(Clip clip, int[] frames, CancellationToken cancellation = default)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var pixels = BadClipException.Guard(() => clip.ReadFrames(frames, cancellation));
        _vae ??= model.OpenVae();
        var video = Pixels.ToVideo(pixels, clip.Bucket.Width, clip.Bucket.Height).To(_vae.Device); // [1, 3, T, H, W]
        var latent = _vae.Encode(video).To(Device.Cpu, DType.Float32);
        var y = frames.Length == 1 ? ImageCondition.Empty(_vae, video) : ImageCondition.Build(_vae, video.Narrow(2, 0, 1), frames.Length);
        return (scope.Keep(latent), scope.Keep(y.To(Device.Cpu, DType.Float32)));
    }

    private CacheKey Key(Clip clip, int[] frames) =>
        BadClipException.Guard(() => ClipKey.Of("latent", clip, frames, _hashes)).With("vae", _identity);

    private IEnumerable<int[]> Windows(Clip clip)
    {
        if (clip.Sampling != FrameSampling.Native) return [clip.PickFrames(0)];
        var stream = $"window {clip.Name}";
        return Enumerable.Range(0, NativeWindows)
            .Select(k => clip.PickFrames((k + CounterRandom.Uniform(seed, stream, k)) / NativeWindows))
            .DistinctBy(frames => frames[0]);
    }

    private void Write(string file, Clip clip, int[] frames, CancellationToken cancellation)
    {
        using var scope = new TensorScope();
        var (latent, condition) = Read(clip, frames, cancellation);
        SafetensorsWriter.Write(file, [new("latent", latent), new("condition", condition)]);
    }
}
