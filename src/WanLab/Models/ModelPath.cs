namespace WanLab.Models;

/// <summary>
/// Location of the model's weights: either only a <see cref="Folder"/> (diffusers or official layout),
/// or single files, one for each part.
/// </summary>
public sealed record ModelPath
{
    private const string Missing = "a model of single files needs one for each of high, low, vae and text_encoder";

    /// <summary>A folder in diffusers or official layout; null where single files are given.</summary>
    [Shorthand, FilePath]
    public string? Folder { get; init; }

    /// <summary>Safetensors file of the high-noise expert.</summary>
    [FilePath, RequiredKey(Missing)]
    public string? High { get; init; }

    /// <summary>Safetensors file of the low-noise expert.</summary>
    [FilePath, RequiredKey(Missing)]
    public string? Low { get; init; }

    /// <summary>Safetensors file of the video VAE.</summary>
    [FilePath, RequiredKey(Missing)]
    public string? Vae { get; init; }

    /// <summary>Safetensors file of the UMT5 text encoder.</summary>
    [FilePath, RequiredKey(Missing)]
    public string? TextEncoder { get; init; }

    /// <summary>File or folder of the tokenizer; none where it is part of the text encoder's folder.</summary>
    [FilePath]
    public string? Tokenizer { get; init; }

    /// <summary>The path of a model folder.</summary>
    public static implicit operator ModelPath(string folder) => new() { Folder = folder };
}
