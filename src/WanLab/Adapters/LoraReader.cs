using WanLab.Models.Transformer;
using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>Builds modules from a LoRA file's keys, after checking all of them.</summary>
internal sealed class LoraReader(SafetensorsFile file, WanTransformerConfig config)
{
    private const string Number = "one number";
    private const int Listed = 8;

    // By kind, so that one message lists all.
    private readonly OrderedDictionary<string, List<string>> _problems = [];

    /// <summary>Reads the modules, in the model's order.</summary>
    /// <exception cref="WanLabException">A key cannot be used; all such keys are listed.</exception>
    public IReadOnlyList<LoraModule> Read(IReadOnlyList<LoraKey> keys)
    {
        var layers = Group(keys);
        foreach (var (layer, parts) in layers) Check(layer, parts);
        // LoHa and LoKr have alphas too; in such a file only the LoHa and LoKr weights are worth reporting.
        foreach (var (_, parts) in layers)
            if (parts is { Count: 1 } && parts.TryGetValue(LoraPart.Alpha, out var alpha) && keys.All(key => key.Unsupported is null))
                Add("alphas without matrices", alpha.Text);
        Stop(keys);

        using var scope = new TensorScope();
        var peft = keys.Any(key => key.Naming is LoraKey.Diffusers or LoraKey.Peft) ? PeftAlpha.Read(file, keys) : null;
        List<LoraModule> modules = [];
        foreach (var (layer, parts) in layers.OrderBy(l => l.Key.Block).ThenBy(l => Order(l.Key)))
        {
            var (down, up) = (Matrix(parts[LoraPart.Down]), Matrix(parts[LoraPart.Up]));
            modules.Add(new LoraModule(layer.Name, down, up, Scale(parts, down.Size(0), peft)));
        }
        Stop(keys);
        foreach (var module in modules)
        {
            scope.Keep(module.Down);
            scope.Keep(module.Up);
        }
        return modules;
    }

    private static int Order(LoraLayer layer) => WanTransformerConfig.BlockLinears.TakeWhile(linear => linear != layer.Linear).Count();

    private Dictionary<LoraLayer, Dictionary<LoraPart, LoraKey>> Group(IReadOnlyList<LoraKey> keys)
    {
        var combined = keys.Any(key => key.Expert is not null);
        var layers = new Dictionary<LoraLayer, Dictionary<LoraPart, LoraKey>>();
        foreach (var key in keys)
        {
            if (combined && key.Expert is null) Add("keys without an expert in a file that holds both", key.Text);
            else if (key.Unsupported is not null)
                Add(key.Unsupported + ", which are not supported (only plain LoRA is)", key.Text);
            else if (key.Part is null) Add("tensors that are not part of a LoRA", key.Text);
            else if (key.Layer is null)
                Add("layers that are not supported (only the ten linear layers of Wan's blocks are)", key.Module);
            else if (!layers.TryGetValue(key.Layer.Value, out var parts)) layers.Add(key.Layer.Value, new() { [key.Part.Value] = key });
            else if (!parts.TryAdd(key.Part.Value, key))
                Add("keys that say the same thing twice", $"{parts[key.Part.Value].Text} and {key.Text}");
        }
        return layers;
    }

    private void Check(LoraLayer layer, Dictionary<LoraPart, LoraKey> parts)
    {
        var (down, up) = (Entry(LoraPart.Down), Entry(LoraPart.Up));
        if (down is null && up is not null) Add("layers without their down matrix (lora_A, lora_down)", layer.Name);
        if (up is null && down is not null) Add("layers without their up matrix (lora_B, lora_up)", layer.Name);
        if (layer.Block >= config.NumLayers) Add($"layers beyond the model's {config.NumLayers} blocks", layer.Name);

        var (rows, columns) = config.LinearShape(layer.Linear);
        Fits(down, down is { Shape: [> 0, var to] } && to == columns, $"[rank, {columns}]");
        Fits(up, up is { Shape: [var from, > 0] } && from == rows, $"[{rows}, rank]");
        if (down is { Shape: [> 0, _] } && up is { Shape: [_, > 0] } && down.Shape[0] != up.Shape[1])
            Add("layers whose two matrices differ in rank", $"{layer.Name} ({down.Shape[0]} and {up.Shape[1]})");
        Fits(Entry(LoraPart.Alpha), Entry(LoraPart.Alpha) is { Shape: [] or [1] or [1, 1] }, Number);

        TensorEntry? Entry(LoraPart part) => parts.TryGetValue(part, out var key) ? file.Entries[key.Text] : null;
    }

    private void Fits(TensorEntry? entry, bool fits, string expected)
    {
        if (entry is null) return;
        if (!fits)
            Add("tensors of a shape that does not fit",
                $"{entry.Name} is [{string.Join(", ", entry.Shape)}] instead of {expected}");
        // An alpha may be any number: converters write whole ones too.
        if (!entry.DType.IsFloat() && (entry.DType == DType.Bool || expected != Number))
            Add("tensors of a type that is not supported (fp8, bf16, fp16, fp32 and fp64 are)", $"{entry.Name} ({entry.DType})");
    }

    // A copy, because the file may be replaced while the LoRA is in use.
    private Tensor Matrix(LoraKey key)
    {
        var entry = file.Entries[key.Text];
        var matrix = entry.DType is DType.Float8E4M3 or DType.Float8E5M2
            ? Float8.Decode(file.Read(key.Text), entry.DType, null, DType.Float32)
            : Tensor.Empty(entry.Shape).CopyInto(file.Read(key.Text));
        if (!LoraFile.IsFinite(matrix))
            Add("matrices with infinite or NaN values (the file is damaged, or its training had diverged)", key.Text);
        return matrix;
    }

    private double Scale(Dictionary<LoraPart, LoraKey> parts, long rank, PeftAlpha? peft)
    {
        if (!parts.TryGetValue(LoraPart.Alpha, out var key))
        {
            var down = parts[LoraPart.Down];
            if (peft is not null && down.Naming is (LoraKey.Diffusers or LoraKey.Peft)) return peft.Scale(down.Module, rank);
            if (down.Naming == LoraKey.Peft)
                Add($"layers whose scale is unknown: PEFT writes it into {PeftAlpha.ConfigName}, which is not next to this " +
                    "file; put it there", down.Module);
            return 1;
        }
        var entry = file.Entries[key.Text];
        var raw = file.Read(key.Text).Reshape();
        var alpha = (entry.DType is DType.Float8E4M3 or DType.Float8E5M2
            ? Float8.Decode(raw, entry.DType, null, DType.Float32)
            : raw).To(DType.Float64).Item();
        // Tools disagree on what an alpha of 0 means (nothing at all, or the rank).
        if (!double.IsFinite(alpha) || alpha == 0) Add("alphas that are not usable numbers", $"{key.Text} ({alpha})");
        return alpha / rank;
    }

    private void Stop(IReadOnlyList<LoraKey> keys)
    {
        if (_problems.Count == 0) return;
        var lines = string.Concat(_problems.Select(problem => Listing.Line(problem.Key, problem.Value, Listed)));
        throw new WanLabException($"{file.Path}: this LoRA cannot be used.{LoraDiagnosis.OtherModel(keys, file, config)}{lines}");
    }

    private void Add(string kind, string item)
    {
        if (!_problems.TryGetValue(kind, out var items)) _problems.Add(kind, items = []);
        if (!items.Contains(item)) items.Add(item);
    }
}
