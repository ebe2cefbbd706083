using System.Text.Json;
using System.Text.Json.Nodes;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tiny.Pretraining;

/// <summary>Writes a model's weights and configuration as a folder that diffusers (transformers for the text encoder) opens.</summary>
internal static class DiffusersFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes FOLDER/config.json and, next to it, the weights in their own types.</summary>
    /// <param name="folder">A folder such as <c>.../transformer</c>; created if it is missing.</param>
    /// <param name="kind">Network that decides the names of tensors and files.</param>
    /// <param name="weights">Tensors by official name.</param>
    /// <param name="config">The configuration in diffusers form; _class_name is added if it is missing.</param>
    /// <exception cref="WanLabException">A tensor has no name in that form, or the folder cannot be written.</exception>
    public static void Write(string folder, ModelKind kind, ModelWeights weights, JsonObject config)
    {
        var map = WeightNaming.MapOf(kind);
        KeyValuePair<string, Tensor>[] renamed =
        [
            .. weights.Tensors.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(
                map.ToDiffusers(pair.Key) ?? throw new WanLabException(
                    $"'{pair.Key}' has no name in diffusers' form of {WeightDiagnosis.Noun(kind)}."), pair.Value)),
        ];
        var file = kind == ModelKind.TextEncoder ? "model.safetensors" : "diffusion_pytorch_model.safetensors";
        SafetensorsWriter.Write(Path.Combine(folder, file), renamed, new Dictionary<string, string> { ["format"] = "pt" });
        AtomicFile.WriteText(Path.Combine(folder, "config.json"), Named(kind, config).ToJsonString(Indented) + "\n");
    }

    private static JsonObject Named(ModelKind kind, JsonObject config)
    {
        var named = config.DeepClone().AsObject();
        if (kind != ModelKind.TextEncoder && !named.ContainsKey("_class_name"))
            named.Insert(0, "_class_name", kind == ModelKind.Transformer ? "WanTransformer3DModel" : "AutoencoderKLWan");
        return named;
    }
}
