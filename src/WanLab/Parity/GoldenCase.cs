using System.Text.Json;
using WanLab.Models.Weights;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Parity;

/// <summary>One golden case on disk: NAME.json says its kind and configuration, NAME.safetensors holds weights, inputs and outputs.</summary>
public sealed class GoldenCase
{
    private readonly SafetensorsFile _tensors;

    private GoldenCase(string name, JsonElement config, SafetensorsFile tensors)
    {
        Name = name;
        Config = config;
        _tensors = tensors;
    }

    /// <summary>File name without extension.</summary>
    public string Name { get; }

    /// <summary>The configuration.</summary>
    public JsonElement Config { get; }

    /// <summary>Which computation it fixes.</summary>
    public string Kind => Config.GetProperty("kind").GetString() ?? "";

    /// <summary>Names of all tensors.</summary>
    public IEnumerable<string> Names => _tensors.Entries.Keys;

    /// <summary>Opens NAME.json and the NAME.safetensors beside it.</summary>
    /// <exception cref="WanLabException">One is missing or damaged.</exception>
    public static GoldenCase Open(string jsonPath)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(jsonPath));
            if (!document.RootElement.TryGetProperty("kind", out _)) throw new WanLabException($"{jsonPath}: has no 'kind'.");
            return new GoldenCase(
                Path.GetFileNameWithoutExtension(jsonPath),
                document.RootElement.Clone(),
                SafetensorsFile.Open(Path.ChangeExtension(jsonPath, ".safetensors")));
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new WanLabException($"{jsonPath}: can not be read: {e.Message}", e);
        }
    }

    /// <summary>A tensor, in its own type.</summary>
    public Tensor this[string name] => _tensors.Read(name);

    /// <summary>Whether the case has a tensor.</summary>
    public bool Has(string name) => _tensors.Entries.ContainsKey(name);

    /// <summary>All tensors whose names start with a prefix, under the rest of their names.</summary>
    public ModelWeights Weights(string prefix) => new(
        Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => KeyValuePair.Create(name[prefix.Length..], _tensors.Read(name))));
}
