namespace WanLab.Adapters;

/// <summary>The low-rank update of one linear layer: W + scale Up Down.</summary>
/// <param name="Name">The layer's official name, such as <c>blocks.0.self_attn.q</c>.</param>
/// <param name="Down">Matrix [rank, in]; called A or lora_down elsewhere.</param>
/// <param name="Up">Matrix [out, rank]; called B or lora_up elsewhere.</param>
/// <param name="Scale">Scale of the update, alpha / rank.</param>
public sealed record LoraModule(string Name, Tensor Down, Tensor Up, double Scale);
