namespace WanLab.Models;

/// <summary>
/// Where the model's weights are: either <see cref="Folder"/> alone (diffusers or official layout),
/// or single files, one a part.
/// </summary>
public sealed record ModelPath
{
    /// <summary>A folder in diffusers or official layout; null where single files are given.</summary>
    public string? Folder { get; init; }

    /// <summary>Safetensors file of the high-noise expert.</summary>
    public string? High { get; init; }

    /// <summary>Safetensors file of the low-noise expert.</summary>
    public string? Low { get; init; }

    /// <summary>Safetensors file of the video VAE.</summary>
    public string? Vae { get; init; }

    /// <summary>Safetensors file of the UMT5 text encoder.</summary>
    public string? TextEncoder { get; init; }

    /// <summary>File or folder of the tokenizer; null where none is named.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>The path of a model folder.</summary>
    public static implicit operator ModelPath(string folder) => new() { Folder = folder };
}
