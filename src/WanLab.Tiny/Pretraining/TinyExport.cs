using WanLab.Models.Tiny;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>Writes the finished model as a diffusers folder, bf16.</summary>
internal static class TinyExport
{
    public static void Write(string folder, PretrainingOptions options, ModelWeights vae, ModelWeights text, ModelWeights high,
        ModelWeights low)
    {
        Part("transformer", ModelKind.Transformer, high, TinyConfigs.Json(options.Transformer));
        Part("transformer_2", ModelKind.Transformer, low, TinyConfigs.Json(options.Transformer));
        Part("vae", ModelKind.Vae, vae, TinyConfigs.Json(options.Vae));
        Part("text_encoder", ModelKind.TextEncoder, text, TinyConfigs.Json(options.TextEncoder));
        using var vocabulary = typeof(TinyModel).Assembly.GetManifestResourceStream("WanLab.Models.Tiny.spiece.model")!;
        AtomicFile.Write(Path.Combine(folder, "tokenizer", "spiece.model"), vocabulary.CopyTo);

        void Part(string name, ModelKind kind, ModelWeights weights, System.Text.Json.Nodes.JsonObject config)
        {
            using var rounded = new ModelWeights(
                weights.Tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.To(DType.BFloat16))).ToList());
            DiffusersFolder.Write(Path.Combine(folder, name), kind, rounded, config);
        }
    }
}
