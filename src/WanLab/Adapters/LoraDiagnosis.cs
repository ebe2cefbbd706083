using WanLab.Models.Transformer;
using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>Guesses the kind of a file from its tensors' names and shapes; for error messages.</summary>
internal static class LoraDiagnosis
{
    private static readonly (string Mark, string Model)[] OtherModels =
    [
        ("vace_blocks", "Wan VACE"),
        ("double_blocks", "FLUX or HunyuanVideo"),
        ("single_transformer_blocks", "FLUX or HunyuanVideo"),
        ("lora_te", "an image model with a text encoder's LoRA, such as Stable Diffusion"),
        ("down_blocks", "Stable Diffusion"),
        ("input_blocks", "Stable Diffusion"),
        ("transformer_blocks", "another image or video model"),
    ];

    /// <summary>A sentence on the likely kind of a file without any LoRA key.</summary>
    public static string Describe(SafetensorsFile file)
    {
        var names = file.Entries.Keys;
        if (names.Count() == 0) return "It holds no tensors.";
        if (Any("self_attn.q.weight") || Any("attn1.to_q.weight")) return "It looks like the weights of a whole Wan transformer.";
        if (Any("token_embedding.weight") || Any("shared.weight") || Any("embed_tokens.weight")) return "It looks like a text encoder.";
        if (Any("encoder.conv1.weight") || Any("encoder.conv_in.weight")) return "It looks like a VAE.";
        return "It is of no kind that WanLab knows; " +
            $"it holds {string.Join(", ", names.Order(StringComparer.Ordinal).Take(4))}{(names.Count() > 4 ? ", ..." : ".")}";

        bool Any(string ending) => names.Any(name => name == ending || name.EndsWith("." + ending, StringComparison.Ordinal));
    }

    /// <summary>
    /// A sentence, after a space, on the model that a LoRA seems to be for, if that is not the given one; otherwise an empty text.
    /// </summary>
    public static string OtherModel(IReadOnlyList<LoraKey> keys, SafetensorsFile file, WanTransformerConfig config)
    {
        if (OtherModels.FirstOrDefault(
            m => keys.Any(key => key.Layer is null && key.Text.Contains(m.Mark, StringComparison.Ordinal))) is { Model: { } other })
            return $" It seems to be for {other}.";
        var layers = keys.Where(key => key.Layer is not null && file.Entries[key.Text].Shape.Length == 2).ToList();
        if (layers.Count == 0) return "";
        var width = layers.Select(key => Width(key, file.Entries[key.Text].Shape)).FirstOrDefault(w => w is not null);
        var blocks = layers.Max(key => key.Layer!.Value.Block) + 1;
        if ((width ?? config.Dim) == config.Dim && blocks <= config.NumLayers) return "";
        var model = width switch
        {
            1536 => "Wan 2.1 1.3B",
            3072 => "Wan 2.2 TI2V 5B",
            5120 => "a 14B model of Wan",
            _ => "another model",
        };
        return $" It seems to be for {model} ({(width is null ? "" : $"width {width}, ")}{blocks} blocks); " +
            $"this model has width {config.Dim} and {config.NumLayers} blocks.";
    }

    // The model's width, from a matrix that touches it.
    private static long? Width(LoraKey key, long[] shape) => (key.Layer!.Value.Linear, key.Part) switch
    {
        (not "ffn.2", LoraPart.Down) => shape[1],
        (not "ffn.0", LoraPart.Up) => shape[0],
        _ => null,
    };
}
