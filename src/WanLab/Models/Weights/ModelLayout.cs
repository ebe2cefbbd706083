namespace WanLab.Models.Weights;

/// <summary>Parts of a Wan 2.2 model, each with files of its own.</summary>
public enum ModelPart
{
    /// <summary>The high-noise expert.</summary>
    High,

    /// <summary>The low-noise expert.</summary>
    Low,

    /// <summary>The video VAE.</summary>
    Vae,

    /// <summary>The UMT5 text encoder.</summary>
    TextEncoder,

    /// <summary>The text encoder's tokenizer.</summary>
    Tokenizer,
}

/// <summary>Locations of a model's parts: a diffusers folder, the official folder, or single files.</summary>
public sealed class ModelLayout
{
    private const string OfficialVae = "Wan2.1_VAE", OfficialTextEncoder = "models_t5_umt5-xxl-enc-bf16";

    private readonly Dictionary<ModelPart, (string? Path, string LookedFor)> _parts;

    private ModelLayout(string source, Dictionary<ModelPart, (string? Path, string LookedFor)> parts)
    {
        Source = source;
        _parts = parts;
    }

    /// <summary>The folder, or the name that stands for it in messages.</summary>
    public string Source { get; }

    /// <summary>
    /// Resolves a folder. Diffusers: transformer (high noise), transformer_2 (low noise), vae, text_encoder, tokenizer.
    /// Official: high_noise_model, low_noise_model, google/umt5-xxl, and Wan2.1_VAE and models_t5_umt5-xxl-enc-bf16 as
    /// .safetensors at most two folders deep. A missing part is an error only when it is asked for.
    /// </summary>
    /// <exception cref="WanLabException">The folder is missing, or has neither layout.</exception>
    public static ModelLayout FromFolder(string folder)
    {
        if (!Directory.Exists(folder)) throw new WanLabException($"{folder}: no such model folder.");
        if (Any("transformer", "transformer_2", "text_encoder", "vae"))
            return new(folder, new()
            {
                [ModelPart.High] = Folder("transformer"),
                [ModelPart.Low] = Folder("transformer_2"),
                [ModelPart.Vae] = Folder("vae"),
                [ModelPart.TextEncoder] = Folder("text_encoder"),
                [ModelPart.Tokenizer] = Folder("tokenizer"),
            });
        if (Any("high_noise_model", "low_noise_model"))
            return new(folder, new()
            {
                [ModelPart.High] = Folder("high_noise_model"),
                [ModelPart.Low] = Folder("low_noise_model"),
                [ModelPart.Vae] = WeightFile(folder, OfficialVae),
                [ModelPart.TextEncoder] = WeightFile(folder, OfficialTextEncoder),
                [ModelPart.Tokenizer] = Folder("google/umt5-xxl"),
            });
        throw new WanLabException(
            $"{folder}: is not a model folder. Looked for transformer, transformer_2, vae, text_encoder (diffusers) and " +
                "high_noise_model, low_noise_model (official); single files are given one by one instead.");

        bool Any(params string[] names) => names.Any(name => Directory.Exists(Path.Combine(folder, name)));

        (string?, string) Folder(string name)
        {
            var path = Path.Combine(folder, name);
            return (Directory.Exists(path) ? path : null, $"the folder {path}");
        }
    }

    /// <summary>
    /// Takes single files or folders. A text encoder in ComfyUI's form contains its tokenizer: then the tokenizer's path
    /// is that file, and <see cref="WeightLoader.FindSentencePiece"/> reads it.
    /// </summary>
    /// <exception cref="WanLabException">A given file does not exist; all missing ones are listed.</exception>
    public static ModelLayout FromFiles(string? high = null, string? low = null, string? vae = null, string? textEncoder = null,
        string? tokenizer = null)
    {
        (ModelPart Part, string Key, string? Path)[] given =
            [(ModelPart.High, "high", high), (ModelPart.Low, "low", low), (ModelPart.Vae, "vae", vae),
                (ModelPart.TextEncoder, "text_encoder", textEncoder), (ModelPart.Tokenizer, "tokenizer", tokenizer)];
        string[] absent = [.. given.Where(g => g.Path is not null && !Path.Exists(g.Path)).Select(g => $"{g.Key}: {g.Path}")];
        if (absent.Length > 0) throw new WanLabException($"The model's files are not there: {string.Join("; ", absent)}.");
        var parts = given.ToDictionary(g => g.Part, g => (g.Path, $"'{g.Key}' among the model's files"));
        if (tokenizer is null
            && textEncoder is not null && File.Exists(textEncoder) && WeightLoader.FindSentencePiece(textEncoder) is not null)
            parts[ModelPart.Tokenizer] = (textEncoder, "");
        return new("the model's files", parts);
    }

    /// <summary>A part's file or folder, or null where it is not there.</summary>
    internal string? Find(ModelPart part) => _parts[part].Path;

    /// <summary>A part's file or folder.</summary>
    /// <exception cref="WanLabException">The part is missing; the message says where it was looked for.</exception>
    internal string this[ModelPart part]
    {
        get
        {
            Require(part);
            return _parts[part].Path!;
        }
    }

    /// <summary>
    /// A part's config.json if the part is a folder that has one; null for single files, whose sizes are the published
    /// model's.
    /// </summary>
    public string? Config(ModelPart part) =>
        Find(part) is { } path && Path.Combine(path, "config.json") is var config && File.Exists(config) ? config : null;

    /// <summary>Checks that parts exist.</summary>
    /// <exception cref="WanLabException">Some parts are missing; all of them are named.</exception>
    internal void Require(params ReadOnlySpan<ModelPart> parts)
    {
        var missing = new List<string>();
        foreach (var part in parts)
            if (_parts[part].Path is null) missing.Add($"\n  {Noun(part)}: looked for {_parts[part].LookedFor}");
        if (missing.Count > 0) throw new WanLabException($"{Source}: not all that is needed is there. Missing:{string.Concat(missing)}");
    }

    // A pickled file counts as found: opening it says why it is refused and how to convert it.
    private static (string? Path, string LookedFor) WeightFile(string folder, string name)
    {
        var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        var found = Directory.EnumerateFiles(folder, $"{name}.safetensors", deep)
            .Concat(Directory.EnumerateFiles(folder, $"{name}.pth", deep))
            .FirstOrDefault();
        return (found, $"{name}.safetensors in {folder} and its folders");
    }

    private static string Noun(ModelPart part) => part switch
    {
        ModelPart.High => "the high-noise expert",
        ModelPart.Low => "the low-noise expert",
        ModelPart.Vae => "the VAE",
        ModelPart.TextEncoder => "the text encoder",
        _ => "the tokenizer",
    };
}
