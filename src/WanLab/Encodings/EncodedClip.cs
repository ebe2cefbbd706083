using WanLab.Datasets;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Encodings;

/// <summary>A clip as the model sees it.</summary>
/// <param name="Clip">What is encoded.</param>
public abstract record EncodedClip(Clip Clip)
{
    /// <summary>Hashes of everything that its windows are made from: the clip's bytes, frames, crop, mirroring and the VAE.</summary>
    public abstract IReadOnlyList<string> Contents { get; }

    /// <summary>A window's normalised latents [1, 16, F, H, W] and mask and condition [1, 20, F, H, W], float32, on the host.</summary>
    /// <param name="u">Number in [0, 1) that chooses the window; 0 is the first.</param>
    public abstract (Tensor Latent, Tensor Condition) Load(double u);
}

/// <summary>A clip whose windows are encoded, each in a cache file.</summary>
/// <param name="Clip">What was encoded.</param>
/// <param name="Windows">Cache files, one a window.</param>
public sealed record CachedClip(Clip Clip, IReadOnlyList<string> Windows) : EncodedClip(Clip)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Contents => [.. Windows.Select(file => Path.GetFileNameWithoutExtension(file)!)]; // KEY.BYTES

    /// <inheritdoc/>
    public override (Tensor Latent, Tensor Condition) Load(double u)
    {
        var file = SafetensorsFile.Open(Windows[(int)(u * Windows.Count)]);
        return (file.Read("latent"), file.Read("condition"));
    }
}

/// <summary>
/// A clip that is decoded and encoded anew each time: slow, but a native window may start anywhere, and nothing is kept on disk.
/// </summary>
/// <param name="Clip">What is encoded.</param>
/// <param name="Encoder">Encodes it.</param>
/// <param name="Contents">As of a cached one; of a native clip one hash stands for all windows.</param>
internal sealed record LiveClip(Clip Clip, ClipEncoder Encoder, IReadOnlyList<string> Contents) : EncodedClip(Clip)
{
    public override IReadOnlyList<string> Contents { get; } = Contents;

    public override (Tensor Latent, Tensor Condition) Load(double u) => Encoder.Read(Clip, Clip.PickFrames(u));
}
