namespace WanLab.Models.Weights;

/// <summary>
/// Names of the UMT5 encoder's tensors in the official code and in Hugging Face's UMT5EncoderModel (which diffusers and
/// ComfyUI use). Note that the branch with the GELU is ffn.gate.0 officially and wi_0 there; fc1 is wi_1.
/// </summary>
internal static class Umt5Names
{
    private const string Attention = "encoder.block.#.layer.0.SelfAttention", FeedForward = "encoder.block.#.layer.1.DenseReluDense";

    internal static readonly NameMap Map = new([
        ("token_embedding", "shared"),
        ("token_embedding", "encoder.embed_tokens"), // files store the shared embedding under either name, or both
        ("norm", "encoder.final_layer_norm"),
        ("blocks.#.norm1", "encoder.block.#.layer.0.layer_norm"),
        ("blocks.#.attn.q", $"{Attention}.q"),
        ("blocks.#.attn.k", $"{Attention}.k"),
        ("blocks.#.attn.v", $"{Attention}.v"),
        ("blocks.#.attn.o", $"{Attention}.o"),
        ("blocks.#.pos_embedding.embedding", $"{Attention}.relative_attention_bias"),
        ("blocks.#.norm2", "encoder.block.#.layer.1.layer_norm"),
        ("blocks.#.ffn.gate.0", $"{FeedForward}.wi_0"),
        ("blocks.#.ffn.fc1", $"{FeedForward}.wi_1"),
        ("blocks.#.ffn.fc2", $"{FeedForward}.wo"),
    ]);
}
