namespace WanLab.Models.Weights;

/// <summary>
/// Names of the transformer's tensors and modules in the official code and in diffusers. Note that the affine norm before
/// cross attention is norm3 officially and norm2 in diffusers. Source: diffusers scripts/convert_wan_to_diffusers.py.
/// </summary>
internal static class TransformerNames
{
    internal static readonly NameMap Map = new([
        ("patch_embedding", "patch_embedding"),
        ("text_embedding.0", "condition_embedder.text_embedder.linear_1"),
        ("text_embedding.2", "condition_embedder.text_embedder.linear_2"),
        ("time_embedding.0", "condition_embedder.time_embedder.linear_1"),
        ("time_embedding.2", "condition_embedder.time_embedder.linear_2"),
        ("time_projection.1", "condition_embedder.time_proj"),
        ("head.head", "proj_out"),
        ("head.modulation", "scale_shift_table"),
        ("blocks.#.modulation", "blocks.#.scale_shift_table"),
        .. Attention("self_attn", "attn1"),
        .. Attention("cross_attn", "attn2"),
        ("blocks.#.norm3", "blocks.#.norm2"),
        ("blocks.#.ffn.0", "blocks.#.ffn.net.0.proj"),
        ("blocks.#.ffn.2", "blocks.#.ffn.net.2"),
    ]);

    private static IEnumerable<(string, string)> Attention(string official, string diffusers) =>
    [
        .. ((string[])["q", "k", "v"]).Select(p => ($"blocks.#.{official}.{p}", $"blocks.#.{diffusers}.to_{p}")),
        ($"blocks.#.{official}.o", $"blocks.#.{diffusers}.to_out.0"),
        .. ((string[])["norm_q", "norm_k"]).Select(p => ($"blocks.#.{official}.{p}", $"blocks.#.{diffusers}.{p}")),
    ];
}
