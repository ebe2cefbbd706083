namespace WanLab.Models;

/// <summary>The base models WanLab knows.</summary>
public enum ModelArchitecture
{
    /// <summary><c>wan-tiny</c>: a very small model of the same build, embedded in WanLab.</summary>
    WanTiny,

    /// <summary><c>wan22-i2v-14b</c>: Wan 2.2 image to video, two experts of 14 billion weights.</summary>
    Wan22I2V14B,
}

/// <summary>Number format of the transformer's residual stream.</summary>
public enum ResidualPrecision
{
    /// <summary><c>fp32</c>, as in the official code.</summary>
    Fp32,

    /// <summary><c>bf16</c>, as in diffusers and ComfyUI.</summary>
    Bf16,
}

/// <summary>The <c>model</c> section: the base model and where its parts live in memory.</summary>
public sealed record ModelOptions
{
    /// <summary>Which model.</summary>
    public ModelArchitecture Architecture { get; init; } = ModelArchitecture.WanTiny;

    /// <summary>Its weights; null for the embedded ones of <see cref="ModelArchitecture.WanTiny"/>.</summary>
    public ModelPath? Path { get; init; }

    /// <summary>Keep only the active expert (weights, adapter, optimiser state) on the device.</summary>
    public bool LowVram { get; init; }

    /// <summary>Share of the transformer's blocks, 0..1, streamed from host memory; the last ones first.</summary>
    public double LayerOffloading { get; init; }

    /// <summary>Share of the text encoder's blocks, 0..1, streamed from host memory.</summary>
    public double TextEncoderOffloading { get; init; }

    /// <summary>Number format of the residual stream.</summary>
    public ResidualPrecision Residual { get; init; } = ResidualPrecision.Fp32;

    /// <summary>Bytes of a number that the experts compute in: float32 in the tiny model, bf16 in the large one.</summary>
    internal int ComputeBytes => Architecture == ModelArchitecture.WanTiny ? 4 : 2;
}
