using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Adapters;

/// <summary>Base of tests that write LoRA files: a small model, random modules for it, and a folder that is removed.</summary>
public abstract class LoraFolder : TensorTest, IDisposable
{
    protected static readonly WanTransformerConfig Small = new() { Dim = 12, FfnDim = 20, NumHeads = 2, NumLayers = 2 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("wanlab-lora-");
    private readonly List<LoraAdapter> _adapters = [];

    protected string At(string name) => Path.Combine(_folder.FullName, name);

    void IDisposable.Dispose()
    {
        _folder.Delete(recursive: true);
        foreach (var adapter in _adapters) adapter.Dispose();
        Dispose();
    }

    /// <summary>Writes tensors and returns the file's path.</summary>
    protected string File(IEnumerable<KeyValuePair<string, Tensor>> tensors, params (string Key, string Value)[] metadata)
    {
        var path = At("lora.safetensors");
        SafetensorsWriter.Write(path, [.. tensors], metadata.ToDictionary(m => m.Key, m => m.Value));
        return path;
    }

    /// <summary>All twenty linear layers' modules, of values that are not small.</summary>
    protected static List<LoraModule> RandomModules(int rank, double scale, WanTransformerConfig? config = null)
    {
        config ??= Small;
        using var generator = new Generator(7);
        return
        [
            .. from block in Enumerable.Range(0, config.NumLayers)
               from linear in WanTransformerConfig.BlockLinears
               let shape = config.LinearShape(linear)
               select new LoraModule($"blocks.{block}.{linear}", Tensor.Randn([rank, shape.In], generator),
                   Tensor.Randn([shape.Out, rank], generator), scale),
        ];
    }

    /// <summary>Modules under the keys of ComfyUI, without alpha.</summary>
    protected static Dictionary<string, Tensor> Plain(IEnumerable<LoraModule> modules, string prefix = "diffusion_model.") => modules
        .SelectMany(m =>
            (KeyValuePair<string, Tensor>[])[new($"{prefix}{m.Name}.lora_A.weight", m.Down), new($"{prefix}{m.Name}.lora_B.weight", m.Up)])
        .ToDictionary();

    protected LoraAdapter Adapter(IReadOnlyList<LoraModule> modules)
    {
        var adapter = LoraAdapter.From(modules);
        _adapters.Add(adapter);
        return adapter;
    }

    protected static void SameDeltas(IReadOnlyList<LoraModule> expected, IReadOnlyList<LoraModule> actual, double tolerance)
    {
        Assert.Equal(expected.Select(m => m.Name), actual.Select(m => m.Name));
        foreach (var (a, b) in expected.Zip(actual))
            Assert.InRange((Delta(a) - Delta(b)).Abs().Max().Item(), 0, tolerance);
    }

    private static Tensor Delta(LoraModule m) => m.Up.To(DType.Float64).MatMul(m.Down.To(DType.Float64)) * m.Scale;
}
