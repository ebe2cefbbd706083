namespace WanLab.Adapters;

/// <summary>
/// Scales from the metadata that diffusers puts into its LoRA files: PEFT's LoraConfig as JSON, each of its fields
/// prefixed by the network's name.
/// </summary>
internal sealed class PeftAlpha
{
    /// <summary>Key of the metadata entry.</summary>
    public const string MetadataKey = "lora_adapter_metadata";

    private readonly double _alpha;
    private readonly bool _squareRoot;
    private readonly List<(Regex Pattern, double Alpha)> _patterns = [];

    private PeftAlpha(double alpha, bool squareRoot) => (_alpha, _squareRoot) = (alpha, squareRoot);

    /// <summary>Reads the scales from a file's metadata; null where the file does not state alpha.</summary>
    /// <exception cref="WanLabException">The metadata cannot be understood.</exception>
    public static PeftAlpha? Read(IReadOnlyDictionary<string, string> metadata, string path)
    {
        if (!metadata.TryGetValue(MetadataKey, out var json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (!root.TryGetProperty("transformer.lora_alpha", out var alpha)) return null;
            var squareRoot = root.TryGetProperty("transformer.use_rslora", out var rslora) && rslora.ValueKind == JsonValueKind.True;
            var peft = new PeftAlpha(alpha.GetDouble(), squareRoot);
            if (root.TryGetProperty("transformer.alpha_pattern", out var patterns) && patterns.ValueKind == JsonValueKind.Object)
                foreach (var pattern in patterns.EnumerateObject())
                    // PEFT takes the first key that matches the module's name, whole or after a dot.
                    peft._patterns.Add(
                        (new Regex($@"^(?:.*\.)?(?:{pattern.Name})$", RegexOptions.NonBacktracking), pattern.Value.GetDouble()));
            return peft;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException
            or NotSupportedException)
        {
            throw new WanLabException($"{path}: its metadata '{MetadataKey}' cannot be understood ({e.Message.TrimEnd('.')}), " +
                "so the LoRA's scale is unknown. Save it again, or remove that metadata if the scale is 1.", e);
        }
    }

    /// <summary>The scale of a module.</summary>
    /// <param name="module">The module's name in diffusers.</param>
    /// <param name="rank">The module's rank.</param>
    public double Scale(string module, long rank)
    {
        var fitting = _patterns.FindIndex(p => p.Pattern.IsMatch(module));
        return (fitting < 0 ? _alpha : _patterns[fitting].Alpha) / (_squareRoot ? Math.Sqrt(rank) : rank);
    }
}
