using WanLab.Torch.Safetensors;

namespace WanLab.Adapters;

/// <summary>
/// Scales as PEFT describes them (its LoraConfig as JSON): in the metadata of diffusers' files, each field prefixed by the network's
/// name, or in the file <c>adapter_config.json</c> that PEFT writes next to its own.
/// </summary>
internal sealed class PeftAlpha
{
    /// <summary>Key of the metadata entry.</summary>
    public const string MetadataKey = "lora_adapter_metadata";

    /// <summary>Name of PEFT's file.</summary>
    public const string ConfigName = "adapter_config.json";

    private readonly double _alpha;
    private readonly bool _squareRoot;
    private readonly List<(Regex Pattern, double Alpha)> _patterns = [];

    private PeftAlpha(double alpha, bool squareRoot) => (_alpha, _squareRoot) = (alpha, squareRoot);

    /// <summary>The scales of a file's keys; null where nothing states alpha.</summary>
    /// <exception cref="WanLabException">The description cannot be understood, or is of another kind of adapter.</exception>
    public static PeftAlpha? Read(SafetensorsFile file, IReadOnlyList<LoraKey> keys)
    {
        var low = keys.Any(key => key is { Naming: LoraKey.Diffusers, Expert: Expert.Low });
        if (file.Metadata.TryGetValue(MetadataKey, out var json))
            return Parse(json, low ? "transformer_2." : "transformer.",
                $"{file.Path}: its metadata '{MetadataKey}'", "remove that metadata");
        var config = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.Path))!, ConfigName);
        if (keys.All(key => key.Naming != LoraKey.Peft) || !File.Exists(config)) return null;
        try
        {
            return Parse(File.ReadAllText(config), "", config, "write alpha into it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{config}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The scale of a module.</summary>
    /// <param name="module">The module's name as the file writes it.</param>
    /// <param name="rank">The module's rank.</param>
    public double Scale(string module, long rank)
    {
        var fitting = _patterns.FindIndex(p => p.Pattern.IsMatch(module));
        return (fitting < 0 ? _alpha : _patterns[fitting].Alpha) / (_squareRoot ? Math.Sqrt(rank) : rank);
    }

    private static PeftAlpha? Parse(string json, string prefix, string what, string remedy)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            foreach (var other in (string[])["use_dora", "fan_in_fan_out", "use_qalora"])
                if (IsOn(root, prefix + other))
                    throw new WanLabException(
                        $"{what} says {other}: that is another kind of adapter, which is not supported. Use a plain LoRA.");
            if (root.TryGetProperty(prefix + "peft_type", out var type) && type.GetString() is { } kind && kind != "LORA")
                throw new WanLabException($"{what} is of the kind {kind}, which is not supported. Use a plain LoRA.");
            if (!root.TryGetProperty(prefix + "lora_alpha", out var alpha)) return null;
            var peft = new PeftAlpha(alpha.GetDouble(), IsOn(root, prefix + "use_rslora"));
            if (root.TryGetProperty(prefix + "alpha_pattern", out var patterns) && patterns.ValueKind == JsonValueKind.Object)
                foreach (var pattern in patterns.EnumerateObject())
                    // PEFT takes the first key that matches the module's name, whole or after a dot.
                    peft._patterns.Add(
                        (new Regex($@"^(?:.*\.)?(?:{pattern.Name})$", RegexOptions.NonBacktracking), pattern.Value.GetDouble()));
            return peft;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException
            or NotSupportedException)
        {
            throw new WanLabException($"{what} cannot be understood ({e.Message.TrimEnd('.')}), " +
                $"so the LoRA's scale is unknown. Save it again, or {remedy} if the scale is 1.", e);
        }
    }

    private static bool IsOn(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
