namespace WanLab.Training;

/// <summary>Number format of the saved adapters.</summary>
public enum SaveDType
{
    /// <summary>16 bits, with the range of 32-bit numbers.</summary>
    [Word("bf16")]
    Bf16,

    /// <summary>16 bits, with more digits and a smaller range.</summary>
    [Word("fp16")]
    Fp16,

    /// <summary>32 bits, as the adapter is trained.</summary>
    [Word("fp32")]
    Fp32,
}

/// <summary>The <c>save</c> section: when checkpoints are written, and how many are kept.</summary>
public sealed record SaveOptions
{
    /// <summary>Number format of the saved adapters.</summary>
    [Key("dtype")]
    public SaveDType DType { get; init; } = SaveDType.Bf16;

    /// <summary>Steps between two checkpoints.</summary>
    [AtLeast(1)]
    public int Every { get; init; } = 250;

    /// <summary>
    /// Number of newest checkpoints kept, a pair of experts counting as one; 0 keeps all. Pinned ones are never deleted: those that
    /// were asked for by hand, or by <c>wanlab pin</c>.
    /// </summary>
    [AtLeast(0)]
    public int Keep { get; init; } = 4;
}
