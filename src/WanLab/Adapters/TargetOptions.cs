namespace WanLab.Adapters;

/// <summary>Kinds of adapters.</summary>
public enum TargetType
{
    /// <summary>Low-rank matrices next to the linear layers.</summary>
    [Word("lora")]
    Lora,
}

/// <summary>The <c>target</c> section: the adapter that is trained.</summary>
public sealed record TargetOptions
{
    private readonly double? _alpha;

    /// <summary>Kind of adapter.</summary>
    public TargetType Type { get; init; } = TargetType.Lora;

    /// <summary>Rank of the adapter's matrices.</summary>
    [AtLeast(1, Ceiling = 16384)]
    public int Rank { get; init; } = 16;

    /// <summary>Scale: the adapter's output is multiplied by alpha / rank. Follows <see cref="Rank"/> until set.</summary>
    [Above(0)]
    public double Alpha { get => _alpha ?? Rank; init => _alpha = value; }

    /// <summary>Dropout probability on the adapter's input, in [0, 1).</summary>
    [AtLeast(0, below: 1)]
    public double Dropout { get; init; }

    /// <summary>
    /// The linear layers of the blocks that get an adapter: an entry fits a layer whose official name it is, or ends in it after a
    /// dot (<c>self_attn.q</c>, <c>blocks.3.ffn.0</c>); <c>*</c> stands for any text. Empty: all linear layers of the blocks.
    /// </summary>
    [Items("[self_attn.q, self_attn.v]")]
    public IReadOnlyList<string> Modules { get; init; } = [];
}
