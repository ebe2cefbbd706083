namespace WanLab.Adapters;

/// <summary>Kinds of adapters.</summary>
public enum TargetType
{
    /// <summary><c>lora</c>.</summary>
    Lora,
}

/// <summary>The <c>target</c> section: the adapter that is trained.</summary>
public sealed record TargetOptions
{
    private readonly double? alpha;

    /// <summary>Kind of adapter.</summary>
    public TargetType Type { get; init; } = TargetType.Lora;

    /// <summary>Rank of the adapter's matrices.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>Scale: the adapter's output is multiplied by alpha / rank. Follows <see cref="Rank"/> until set.</summary>
    public double Alpha { get => alpha ?? Rank; init => alpha = value; }

    /// <summary>Dropout probability on the adapter's input, in [0, 1).</summary>
    public double Dropout { get; init; }

    /// <summary>Name patterns of the layers that get an adapter; empty: all linear layers of the blocks.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];
}
