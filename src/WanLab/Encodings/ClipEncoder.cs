using WanLab.Content;
using WanLab.Datasets;
using WanLab.Models.Vae;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>
/// Encodes clips, once for all runs or, where they are not cached, on each use: latents, and the condition (mask and
/// encoded first frame) that image-to-video training needs. Items of one frame get an empty condition, which does not give
/// the answer away. Cache entries are keyed by content, so a changed clip, crop, window or VAE gives another entry.
/// </summary>
internal sealed class ClipEncoder(ContentStore store, BaseModel model) : IDisposable
{
    private readonly FileHashes _hashes = new();
    private readonly string _identity = model.Identity(ModelPart.Vae);
    private WanVae? _vae;
    private bool _told;

    /// <summary>Number of windows that this object encoded for the cache.</summary>
    public int Encoded { get; private set; }

    /// <summary>Number of windows found in the cache.</summary>
    public int FromCache { get; private set; }

    /// <summary>The most bytes of decoded frames of a clip that are held while its windows are encoded.</summary>
    internal long FrameBytes { get; init; } = 512L << 20;

    /// <summary>Called once with a warning if cached windows that a run uses were deleted.</summary>
    internal Action<string> OnGone { get; set; } = _ => { };

    /// <summary>A clip whose windows are encoded on each use.</summary>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    internal EncodedClip Live(Clip clip) => new LiveClip(clip, this, [Content(clip)]);

    /// <summary>A clip whose windows are cached, none of them yet: <see cref="AddAll"/> adds those that are needed.</summary>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    internal CachedClip Cached(Clip clip) => new(clip, this, [Content(clip)]);

    /// <summary>A clip with its first window, which is the only one unless its sampling is native.</summary>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    /// <exception cref="WanLabException">The cache cannot be written, or the VAE not be opened.</exception>
    public CachedClip Encode(Clip clip, CancellationToken cancellation)
    {
        var cached = Cached(clip);
        AddAll(cached, [clip.PickFrames(0)], () => { }, cancellation);
        return cached;
    }

    /// <summary>
    /// Finds or encodes windows of a clip. The VAE is opened when the first missing window is encoded, and windows that lie near each
    /// other are decoded in one pass.
    /// </summary>
    /// <param name="cached">The clip, which then has the windows.</param>
    /// <param name="windows">Frame numbers of each window, each window once.</param>
    /// <param name="onDone">Called after each window.</param>
    /// <param name="cancellation">Stops between two windows.</param>
    /// <exception cref="BadClipException">The clip can no longer be read.</exception>
    /// <exception cref="WanLabException">The cache cannot be written, or the VAE not be opened.</exception>
    internal void AddAll(CachedClip cached, IReadOnlyList<int[]> windows, Action onDone, CancellationToken cancellation)
    {
        var missing = new List<int[]>();
        foreach (var frames in windows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!store.TryGet(Key(cached.Clip, frames), out var path))
            {
                missing.Add(frames);
                continue;
            }
            FromCache++;
            cached.Add(frames, path);
            onDone();
        }
        var frameBytes = (long)cached.Clip.Bucket.Width * cached.Clip.Bucket.Height * 3;
        foreach (var near in FrameNumbers.Near(missing, (int)Math.Clamp(FrameBytes / frameBytes, 1, int.MaxValue)))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] all = [.. near.SelectMany(frames => frames).Distinct().Order()];
            var pixels = BadClipException.Guard(() => cached.Clip.ReadFrames(all, cancellation));
            foreach (var frames in near)
            {
                cancellation.ThrowIfCancellationRequested();
                cached.Add(frames, Put(cached.Clip, frames, () => FrameNumbers.Cut(pixels, all, frames)));
                onDone();
            }
        }
    }

    /// <summary>Encodes a window again whose cache file is gone. The VAE leaves at once: in a training run the device is full.</summary>
    internal string Again(Clip clip, int[] frames)
    {
        if (!_told) OnGone("Encoded clips were deleted from the cache while this run uses them; they are encoded again. " +
            "Clean the cache when no run is in progress.");
        _told = true;
        try
        {
            if (store.TryGet(Key(clip, frames), out var path)) return path;
            return Put(clip, frames, () => BadClipException.Guard(() => clip.ReadFrames(frames)));
        }
        finally
        {
            Unload();
        }
    }

    /// <summary>Encodes a window that is not kept. The VAE leaves at once, as it does for all windows that are cached.</summary>
    internal (Tensor Latent, Tensor Condition) ReadOnce(Clip clip, int[] frames)
    {
        try
        {
            return Read(clip, frames);
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
    internal (Tensor Latent, Tensor Condition) Read(Clip clip, int[] frames) =>
        Encode(clip, frames.Length, BadClipException.Guard(() => clip.ReadFrames(frames)));

    private (Tensor Latent, Tensor Condition) Encode(Clip clip, int count, byte[] pixels)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        _vae ??= model.OpenVae();
        var video = Pixels.ToVideo(pixels, clip.Bucket.Width, clip.Bucket.Height).To(_vae.Device); // [1, 3, T, H, W]
        var latent = _vae.Encode(video).To(Device.Cpu, DType.Float32);
        var y = count == 1 ? ImageCondition.Empty(_vae, video) : ImageCondition.Build(_vae, video.Narrow(2, 0, 1), count);
        return (scope.Keep(latent), scope.Keep(y.To(Device.Cpu, DType.Float32)));
    }

    // What a native window shows depends on the step, and what a run is trained on does not.
    private string Content(Clip clip)
    {
        var first = Key(clip, clip.PickFrames(0));
        return (clip.Sampling == FrameSampling.Native ? first.With("window", "any") : first).Hash;
    }

    /// <summary>
    /// The hashes by which version 0.1.0 recorded a clip: of a native one that was cached, it drew only four windows, one at a random
    /// place in each quarter.
    /// </summary>
    internal IReadOnlyList<string> EarlierContents(EncodedClip encoded, long seed)
    {
        if (encoded is not CachedClip { Clip: { Sampling: FrameSampling.Native } clip }) return encoded.Contents;
        const int quarters = 4;
        return
        [
            .. Enumerable.Range(0, quarters)
                .Select(k => clip.PickFrames((k + CounterRandom.Uniform(seed, $"window {clip.Name}", k)) / quarters))
                .DistinctBy(frames => frames[0])
                .Select(frames => Key(clip, frames).Hash),
        ];
    }

    private CacheKey Key(Clip clip, int[] frames) =>
        BadClipException.Guard(() => ClipKey.Of("latent", clip, frames, _hashes)).With("vae", _identity);

    private string Put(Clip clip, int[] frames, Func<byte[]> pixels)
    {
        Encoded++;
        return store.PutFile(Key(clip, frames), file =>
        {
            using var scope = new TensorScope();
            var (latent, condition) = Encode(clip, frames.Length, pixels());
            SafetensorsWriter.Write(file, [new("latent", latent), new("condition", condition)]);
        });
    }
}
