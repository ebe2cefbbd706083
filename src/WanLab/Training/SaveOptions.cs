namespace WanLab.Training;

/// <summary>Number format of saved adapters.</summary>
public enum SaveDType
{
    /// <summary><c>bf16</c>.</summary>
    Bf16,

    /// <summary><c>fp16</c>.</summary>
    Fp16,

    /// <summary><c>fp32</c>.</summary>
    Fp32,
}

/// <summary>The <c>save</c> section: checkpoints.</summary>
public sealed record SaveOptions
{
    /// <summary>Number format of the files.</summary>
    public SaveDType DType { get; init; } = SaveDType.Bf16;

    /// <summary>Steps between checkpoints.</summary>
    public int Every { get; init; } = 250;

    /// <summary>Newest checkpoints kept per pair of experts; 0 keeps all. Pinned ones are never deleted.</summary>
    public int Keep { get; init; } = 4;
}
