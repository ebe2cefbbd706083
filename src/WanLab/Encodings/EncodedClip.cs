using WanLab.Datasets;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>A clip as the model sees it.</summary>
/// <param name="Clip">The clip that is encoded.</param>
internal abstract record EncodedClip(Clip Clip)
{
    /// <summary>Hashes of everything that its windows are made from: the clip's bytes, frames, crop, mirroring and the VAE.</summary>
    public abstract IReadOnlyList<string> Contents { get; }

    /// <summary>
    /// Loads a window: its normalised latents [1, 16, F, H, W], and its mask and condition [1, 20, F, H, W], float32, on the host.
    /// </summary>
    /// <param name="u">Number in [0, 1) that chooses the window; 0 is the first.</param>
    public abstract (Tensor Latent, Tensor Condition) Load(double u);

    /// <summary>Number of the first frame of a window.</summary>
    /// <param name="u">As for <see cref="Load"/>.</param>
    public abstract int Start(double u);
}

/// <summary>A clip whose windows are encoded, each in a cache file. A window that is in none is encoded on each use.</summary>
/// <param name="Clip">The clip that was encoded.</param>
/// <param name="Encoder">The encoder of the clip.</param>
/// <param name="Contents">One hash; of a native clip it stands for all windows.</param>
internal sealed record CachedClip(Clip Clip, ClipEncoder Encoder, IReadOnlyList<string> Contents) : EncodedClip(Clip)
{
    private readonly Dictionary<int[], string> _files = new(FrameNumbers.Same);

    public override IReadOnlyList<string> Contents { get; } = Contents;

    /// <summary>The cache files.</summary>
    internal IReadOnlyCollection<string> Files => _files.Values;

    /// <summary>Adds a window, by its frame numbers.</summary>
    internal void Add(int[] frames, string file) => _files[frames] = file;

    /// <inheritdoc/>
    public override (Tensor Latent, Tensor Condition) Load(double u)
    {
        var frames = Clip.PickFrames(u);
        if (!_files.TryGetValue(frames, out var file)) return Encoder.ReadOnce(Clip, frames);
        try
        {
            return Read(file);
        }
        catch (Exception e) when (e is WanLabException or IOException && !File.Exists(file))
        {
            return Read(_files[frames] = Encoder.Again(Clip, frames));
        }
    }

    /// <inheritdoc/>
    public override int Start(double u) => Clip.PickFrames(u)[0];

    private static (Tensor Latent, Tensor Condition) Read(string path)
    {
        var file = SafetensorsFile.Open(path);
        return (file.Read("latent"), file.Read("condition"));
    }
}

/// <summary>
/// A clip that is decoded and encoded on each use: slow, but nothing is kept on disk.
/// </summary>
/// <param name="Clip">The clip to encode.</param>
/// <param name="Encoder">The encoder of the clip.</param>
/// <param name="Contents">One hash, as for a cached clip.</param>
internal sealed record LiveClip(Clip Clip, ClipEncoder Encoder, IReadOnlyList<string> Contents) : EncodedClip(Clip)
{
    public override IReadOnlyList<string> Contents { get; } = Contents;

    public override (Tensor Latent, Tensor Condition) Load(double u) => Encoder.Read(Clip, Clip.PickFrames(u));

    public override int Start(double u) => Clip.PickFrames(u)[0];
}
