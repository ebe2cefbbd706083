using System.Text.Json;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Parity;

/// <summary>
/// One golden case on disk: NAME.json holds its kind and configuration, NAME.safetensors its weights, inputs and outputs.
/// </summary>
internal sealed class GoldenCase
{
    private readonly SafetensorsFile _tensors;

    private GoldenCase(string name, JsonElement config, SafetensorsFile tensors, Device device)
    {
        Name = name;
        Device = device;
        Config = config;
        _tensors = tensors;
    }

    /// <summary>Name of the case's files, without extension.</summary>
    public string Name { get; }

    /// <summary>The device of the tensors and of the computation.</summary>
    public Device Device { get; }

    /// <summary>The content of NAME.json.</summary>
    public JsonElement Config { get; }

    /// <summary>The computation that the case checks.</summary>
    public string Kind => Config.GetProperty("kind").GetString() ?? "";

    /// <summary>Names of all tensors in the case.</summary>
    public IEnumerable<string> Names => _tensors.Entries.Keys;

    /// <summary>Opens NAME.json and the NAME.safetensors next to it.</summary>
    /// <exception cref="WanLabException">A file is missing or damaged.</exception>
    /// <param name="jsonPath">Path of NAME.json.</param>
    /// <param name="device">Device to compute on.</param>
    public static GoldenCase Open(string jsonPath, Device device = default) => JsonFile.Read(jsonPath, "golden case", json =>
    {
        if (!json.TryGetProperty("kind", out _)) throw new WanLabException($"{jsonPath}: has no 'kind'.");
        return new GoldenCase(
            Path.GetFileNameWithoutExtension(jsonPath),
            json.Clone(),
            SafetensorsFile.Open(Path.ChangeExtension(jsonPath, ".safetensors")),
            device);
    });

    /// <summary>A tensor of the case, in its own type.</summary>
    public Tensor this[string name] => Read(name);

    /// <summary>Whether the case has a tensor of this name.</summary>
    public bool Has(string name) => _tensors.Entries.ContainsKey(name);

    /// <summary>All tensors whose names start with a prefix, named without it.</summary>
    public ModelWeights Weights(string prefix) => new(
        Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name[prefix.Length..], Read(name))));

    private Tensor Read(string name)
    {
        using var scope = new TensorScope();
        return scope.Keep(_tensors.Read(name).To(Device));
    }
}
