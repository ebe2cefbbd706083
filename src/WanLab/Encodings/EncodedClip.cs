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

/// <summary>A clip whose windows are encoded, each in a cache file.</summary>
/// <param name="Clip">The clip that was encoded.</param>
/// <param name="Windows">Cache files, one per window.</param>
internal sealed record CachedClip(Clip Clip, IReadOnlyList<string> Windows) : EncodedClip(Clip)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Contents => [.. Windows.Select(file => Path.GetFileNameWithoutExtension(file)!)]; // KEY.BYTES

    /// <summary>Number of the first frame of each window.</summary>
    internal required IReadOnlyList<int> Starts { get; init; }

    /// <summary>Encodes a window again, by its number, and returns its file: the cache may be cleaned while a run uses it.</summary>
    internal Func<int, string>? Again { get; init; }

    /// <inheritdoc/>
    public override (Tensor Latent, Tensor Condition) Load(double u)
    {
        var window = (int)(u * Windows.Count);
        try
        {
            return Read(Windows[window]);
        }
        catch (Exception e) when (e is WanLabException or IOException && Again is not null && !File.Exists(Windows[window]))
        {
            return Read(Again(window));
        }
    }

    /// <inheritdoc/>
    public override int Start(double u) => Starts[(int)(u * Windows.Count)];

    private static (Tensor Latent, Tensor Condition) Read(string path)
    {
        var file = SafetensorsFile.Open(path);
        return (file.Read("latent"), file.Read("condition"));
    }
}

/// <summary>
/// A clip that is decoded and encoded on each use: slow, but a native window may start anywhere, and nothing is kept on disk.
/// </summary>
/// <param name="Clip">The clip to encode.</param>
/// <param name="Encoder">The encoder of the clip.</param>
/// <param name="Contents">Hashes as for a cached clip, except that one hash stands for all windows of a native clip.</param>
internal sealed record LiveClip(Clip Clip, ClipEncoder Encoder, IReadOnlyList<string> Contents) : EncodedClip(Clip)
{
    public override IReadOnlyList<string> Contents { get; } = Contents;

    public override (Tensor Latent, Tensor Condition) Load(double u) => Encoder.Read(Clip, Clip.PickFrames(u));

    public override int Start(double u) => Clip.PickFrames(u)[0];
}
