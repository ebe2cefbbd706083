using WanLab.Models.Transformer;

namespace WanLab.Planning;

/// <summary>The quantities on which the memory of a training step depends.</summary>
public sealed record StepShape
{
    /// <summary>Sizes of the model.</summary>
    public required WanTransformerConfig Config { get; init; }

    /// <summary>Tokens of an item.</summary>
    public required long Tokens { get; init; }

    /// <summary>Items in one forward pass.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Bytes of one expert's stored weights; null if they are stored in the type they compute in.</summary>
    public long? WeightBytes { get; init; }

    /// <summary>Bytes of the weights that are unpacked at a time, if they are quantised.</summary>
    public long UnpackedBytes { get; init; }

    /// <summary>Bytes of a number in the linear layers and in attention.</summary>
    public int ComputeBytes { get; init; } = 2;

    /// <summary>Bytes of a number in the residual stream.</summary>
    public int ResidualBytes { get; init; } = 4;

    /// <summary>Parameters of one expert's adapter.</summary>
    public long AdapterParameters { get; init; }

    /// <summary>Bytes that optimiser and average keep per parameter: 8 for AdamW.</summary>
    public double OptimizerBytes { get; init; } = 8;

    /// <summary>Number of experts on the device at the same time.</summary>
    public int ResidentExperts { get; init; } = 1;

    /// <summary>Share of the blocks that stays in host memory.</summary>
    public double Offloaded { get; init; }

    /// <summary>Whether attention runs without storing its matrix of scores.</summary>
    public bool FusedAttention { get; init; }
}
