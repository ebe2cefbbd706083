namespace WanLab.Models;

/// <summary>The base models WanLab knows.</summary>
public enum ModelArchitecture
{
    /// <summary>A very small model of the same build, embedded in WanLab.</summary>
    [Word(Tiny.TinyModel.Name)]
    WanTiny,

    /// <summary>Wan 2.2 image to video, two experts of 14 billion weights.</summary>
    [Word("wan22-i2v-14b")]
    Wan22I2V14B,
}

/// <summary>Number format of the transformer's residual stream.</summary>
public enum ResidualPrecision
{
    /// <summary>32 bits, as in the official code.</summary>
    [Word("fp32")]
    Fp32,

    /// <summary>16 bits, as in diffusers and ComfyUI.</summary>
    [Word("bf16")]
    Bf16,
}

/// <summary>The <c>model</c> section: the base model and where its parts live in memory.</summary>
public sealed record ModelOptions
{
    /// <summary>The model that is trained on.</summary>
    public ModelArchitecture Architecture { get; init; } = ModelArchitecture.WanTiny;

    /// <summary>Folder or files of the model's weights; none for the embedded ones of <see cref="ModelArchitecture.WanTiny"/>.</summary>
    [OnResume(Change.Free)]
    public ModelPath? Path { get; init; }

    /// <summary>Keep only the active expert (weights, adapter, optimiser state) on the device.</summary>
    [OnResume(Change.Free)]
    public bool LowVram { get; init; }

    /// <summary>Share of the transformer's blocks, 0..1, streamed from host memory; the last ones first.</summary>
    [FromTo(0, 1), OnResume(Change.Free)]
    public double LayerOffloading { get; init; }

    /// <summary>Share of the text encoder's blocks, 0..1, streamed from host memory.</summary>
    [FromTo(0, 1), OnResume(Change.Free)]
    public double TextEncoderOffloading { get; init; }

    /// <summary>Number format of the residual stream.</summary>
    public ResidualPrecision Residual { get; init; } = ResidualPrecision.Fp32;

    /// <summary>Bytes of a number that the experts compute in: float32 in the tiny model, bf16 in the large one.</summary>
    internal int ComputeBytes => Architecture == ModelArchitecture.WanTiny ? 4 : 2;
}
