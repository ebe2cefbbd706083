using System.Text.Json.Nodes;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;

namespace WanLab.Tiny.Pretraining;

/// <summary>Configurations in diffusers' format. text_len is WanLab's addition: diffusers leaves it to its pipelines.</summary>
internal static class TinyConfigs
{
    public static JsonObject Json(WanTransformerConfig config) => new()
    {
        ["patch_size"] = new JsonArray(1, 2, 2),
        ["num_attention_heads"] = config.NumHeads,
        ["attention_head_dim"] = config.HeadDim,
        ["in_channels"] = config.InDim,
        ["out_channels"] = config.OutDim,
        ["text_dim"] = config.TextDim,
        ["text_len"] = config.TextLen,
        ["freq_dim"] = config.FreqDim,
        ["ffn_dim"] = config.FfnDim,
        ["num_layers"] = config.NumLayers,
        ["cross_attn_norm"] = true,
        ["qk_norm"] = "rms_norm_across_heads",
        ["eps"] = config.Eps,
        ["image_dim"] = null,
        ["added_kv_proj_dim"] = null,
        ["rope_max_seq_len"] = 1024,
    };

    public static JsonObject Json(WanVaeConfig config) => new()
    {
        ["base_dim"] = config.Dim,
        ["z_dim"] = config.ZDim,
        ["dim_mult"] = Numbers(config.DimMult),
        ["num_res_blocks"] = config.NumResBlocks,
        ["attn_scales"] = new JsonArray(),
        ["temperal_downsample"] = Numbers(config.TemporalDownsample), // diffusers' spelling
        ["dropout"] = 0.0,
        ["latents_mean"] = Numbers(config.LatentsMean),
        ["latents_std"] = Numbers(config.LatentsStd),
    };

    public static JsonObject Json(Umt5Config config) => config.SharedPos
        ? throw new WanLabException("A UMT5 configuration with shared position biases has no Hugging Face form.")
        : new JsonObject
        {
            ["architectures"] = new JsonArray("UMT5EncoderModel"),
            ["model_type"] = "umt5",
            ["vocab_size"] = config.VocabSize,
            ["d_model"] = config.Dim,
            ["d_kv"] = config.DimAttn / config.NumHeads,
            ["d_ff"] = config.DimFfn,
            ["num_heads"] = config.NumHeads,
            ["num_layers"] = config.NumLayers,
            ["relative_attention_num_buckets"] = config.NumBuckets,
            ["relative_attention_max_distance"] = config.MaxDistance,
            ["feed_forward_proj"] = "gated-gelu",
            ["layer_norm_epsilon"] = config.Eps,
            ["tie_word_embeddings"] = false,
        };

    private static JsonArray Numbers<T>(IEnumerable<T> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];
}
