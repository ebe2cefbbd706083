using WanLab.Adapters;
using WanLab.Models.Transformer;
using WanLab.Torch.Safetensors;

namespace WanLab.Memory;

/// <summary>
/// An accuracy recovery adapter: a LoRA trained to correct the quantisation error of the frozen model. One file holds the adapters of
/// both experts (<c>transformer_1.</c> is high noise, <c>transformer_2.</c> low noise). It belongs to the base model, so it is
/// never part of what is trained or saved.
/// </summary>
internal sealed class RecoveryAdapter : IDisposable
{
    private readonly LoraContents _contents;
    private readonly Dictionary<string, LoraModule> _modules;

    private RecoveryAdapter(LoraContents contents)
    {
        _contents = contents;
        _modules = contents.Modules.ToDictionary(module => module.Name + ".weight", StringComparer.Ordinal);
        foreach (var module in contents.Modules)
        {
            TensorScope.Detach(module.Down);
            TensorScope.Detach(module.Up);
        }
    }

    /// <summary>Reads an expert's part of a file.</summary>
    /// <exception cref="WanLabException">The file does not fit the model, or does not say which expert a layer belongs to.</exception>
    public static RecoveryAdapter Open(string file, WanTransformerConfig config, Expert expert)
    {
        if (SafetensorsFile.Open(file).Entries.Keys.All(key => LoraKey.Parse(key).Expert is null))
            throw new WanLabException($"quantization.ara: {file} does not say which expert its layers belong to. " +
                "An accuracy recovery adapter of Wan 2.2 holds both, under transformer_1. and transformer_2.; " +
                "give another file, or write 'ara: computed'.");
        return new RecoveryAdapter(LoraFile.Read(file, config, expert));
    }

    /// <summary>The correction of a layer's weight, in the given type and on the given device; null where the file has none.</summary>
    public (Tensor Down, Tensor Up)? Find(string weight, DType dtype, Device device)
    {
        if (!_modules.TryGetValue(weight, out var module)) return null;
        using var scope = new TensorScope();
        return (scope.Keep(module.Down.To(device, dtype)), scope.Keep((module.Up * module.Scale).To(device, dtype)));
    }

    public void Dispose() => _contents.Dispose();
}
