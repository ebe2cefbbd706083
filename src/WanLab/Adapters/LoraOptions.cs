namespace WanLab.Adapters;

/// <summary>What a new LoRA looks like.</summary>
public sealed record LoraOptions
{
    /// <summary>Rank of every module.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>Scale numerator: the update counts alpha / rank. Null: the rank, a scale of 1.</summary>
    public double? Alpha { get; init; }

    /// <summary>
    /// Which linear layers of the blocks: an entry fits a layer whose official name it is, or ends in it after a dot
    /// (<c>self_attn.q</c>, <c>blocks.3.ffn.0</c>); <c>*</c> stands for any text. Empty: all of them.
    /// </summary>
    public IReadOnlyList<string> Modules { get; init; } = [];
}
