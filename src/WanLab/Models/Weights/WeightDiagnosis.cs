using WanLab.Torch.Safetensors;

namespace WanLab.Models.Weights;

/// <summary>Guesses the kind of a weight file from its tensors' names and shapes; for error messages.</summary>
internal static class WeightDiagnosis
{
    private static readonly string[] AdapterMarks = ["lora_A", "lora_B", "lora_down", "lora_up", "hada_w", "lokr_w"];

    /// <summary>A sentence on the likely kind of a file, for the message that says the file does not fit.</summary>
    public static string Describe(WeightFiles files, ModelKind wanted, IReadOnlyList<WeightShape> expected)
    {
        if (files.Names.Any(name => AdapterMarks.Any(name.Contains))) return "This looks like a LoRA or another adapter, not like a model.";
        if (EndingWith("patch_embedding.weight", 5) is { } patch)
        {
            var needed = expected.FirstOrDefault(e => e.Name == "patch_embedding.weight")?.Shape[1];
            return wanted == ModelKind.Transformer && needed is { } channels && channels != patch[1]
                ? $"This is {Variant(patch[1])}: patch_embedding takes {patch[1]} channels, {(channels == 36 ? "I2V" : "this one")} " +
                    $"needs {channels}."
                : Is(ModelKind.Transformer, files.Names.Any(name => name.Contains("img_emb."))
                    ? "a Wan 2.1 I2V transformer (it has img_emb, which 2.2 lacks)"
                    : $"a Wan transformer of width {patch[0]}");
        }
        if ((EndingWith("token_embedding.weight", 2)
            ?? EndingWith("shared.weight", 2) ?? EndingWith("embed_tokens.weight", 2)) is { } table)
            return Is(ModelKind.TextEncoder,
                $"a {(table[0] == 32128 ? "T5" : "UMT5")} text encoder with {table[0]} x {table[1]} embeddings");
        if ((EndingWith("encoder.conv1.weight", 5) ?? EndingWith("encoder.conv_in.weight", 5)) is not null)
        {
            var latent = (files.Find("conv2.weight") ?? files.Find("post_quant_conv.weight"))?.Shape[0];
            return Is(ModelKind.Vae, latent == 48
                ? "the Wan 2.2 VAE of the 5B model (48 latent channels; the 14B models use the Wan 2.1 VAE with 16)"
                : "a Wan video VAE");
        }
        if (EndingWith("encoder.conv_in.weight", 4) is not null) return "This looks like the VAE of an image model.";
        return "It looks like no model that WanLab knows.";

        string Is(ModelKind found, string what) =>
            found == wanted ? $"This looks like {what}." : $"This looks like {what}, not like {Noun(wanted)}.";

        long[]? EndingWith(string ending, int rank) => files.Names
            .Where(name => name == ending || name.EndsWith("." + ending, StringComparison.Ordinal))
            .Select(name => files.Find(name)!.Shape).FirstOrDefault(shape => shape.Length == rank);
    }

    /// <summary>The name of a kind, with its article.</summary>
    public static string Noun(ModelKind kind) => kind switch
    {
        ModelKind.Transformer => "a Wan transformer",
        ModelKind.Vae => "a Wan VAE",
        _ => "a UMT5 text encoder",
    };

    private static string Variant(long channels) => channels switch
    {
        16 => "a T2V model",
        36 => "an I2V model",
        48 => "the 5B text-and-image-to-video model",
        _ => "another variant of Wan",
    };
}
