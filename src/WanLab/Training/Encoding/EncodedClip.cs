using WanLab.Datasets;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Training.Encoding;

/// <summary>A clip whose windows are encoded, each in a cache file.</summary>
/// <param name="Clip">What was encoded.</param>
/// <param name="Windows">Cache files, one a window.</param>
public sealed record EncodedClip(Clip Clip, IReadOnlyList<string> Windows)
{
    /// <summary>A window's normalised latents [1, 16, F, H, W] and mask and condition [1, 20, F, H, W], float32.</summary>
    public (Tensor Latent, Tensor Condition) Load(int window)
    {
        var file = SafetensorsFile.Open(Windows[window]);
        return (file.Read("latent"), file.Read("condition"));
    }

    /// <summary>Hash of everything that a window was made from: the clip's bytes, frames, crop, mirroring and the VAE.</summary>
    public string Content(int window) => Path.GetFileNameWithoutExtension(Windows[window]); // KEY.BYTES
}
