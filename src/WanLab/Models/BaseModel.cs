using WanLab.Models.Text;
using WanLab.Models.Tiny;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Models.Vae;

namespace WanLab.Models;

/// <summary>
/// The model that adapters are trained for: the locations of its parts and the types they compute in. It holds no weights;
/// each part is opened on demand, belongs to the code that opened it, and can be opened again.
/// </summary>
public sealed class BaseModel
{
    private readonly DType? _compute;
    private readonly Dictionary<ModelPart, string> _identities = [];

    private BaseModel(ModelLayout layout, string name, Device device, DType? compute, DType residual, IWeightPacking? packing = null)
    {
        layout.Require(ModelPart.High, ModelPart.Low, ModelPart.Vae, ModelPart.TextEncoder, ModelPart.Tokenizer);
        (Layout, Name, Device, _compute, Residual, Packing) = (layout, name, device, compute, residual, packing);
        Config = ConfigOf(layout, ModelPart.High);
        if (ConfigOf(layout, ModelPart.Low) != Config)
            throw new WanLabException($"{layout.Source}: the high-noise and the low-noise expert have different sizes, so they are not " +
                "one model's. Check both config.json files.");
    }

    /// <summary>The model's name in files that refer to it: <c>wan-tiny</c>, <c>wan22-i2v-14b</c>.</summary>
    public string Name { get; }

    /// <summary>Whether this is the tiny model that comes with WanLab, whose files need no paths.</summary>
    public bool IsEmbedded { get; private init; }

    /// <summary>Locations of the model's files.</summary>
    internal ModelLayout Layout { get; }

    /// <summary>The device that the model's parts compute on.</summary>
    internal Device Device { get; }

    /// <summary>Type of the experts' residual stream.</summary>
    public DType Residual { get; }

    /// <summary>The form in which the large matrices are held in memory; null for the form in which they compute.</summary>
    internal IWeightPacking? Packing { get; }

    /// <summary>Sizes of both experts.</summary>
    public WanTransformerConfig Config { get; }

    /// <summary>Number of tokens that a text is padded to.</summary>
    public int TextLen => Config.TextLen;

    /// <summary>Creates a model from its files. A part without a config.json has the published A14B sizes.</summary>
    /// <param name="layout">The files of all five parts.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="device">Device to compute on.</param>
    /// <param name="compute">Type of the experts and the text encoder; null for the files' type. The VAE always computes in fp32.</param>
    /// <param name="residual">Type of the experts' residual stream.</param>
    /// <exception cref="WanLabException">A part is missing (all missing parts are named), or the experts differ in size.</exception>
    public static BaseModel Open(ModelLayout layout, string name, Device device = default, DType? compute = DType.BFloat16,
        DType residual = DType.Float32) =>
        new(layout, name, device, compute, residual);

    /// <summary>
    /// The embedded tiny model, whose files lie next to the program. It computes in fp32, which is fastest at its size.
    /// </summary>
    public static BaseModel Tiny(Device device = default, DType residual = DType.Float32) =>
        new(ModelLayout.FromFolder(TinyModel.Folder), TinyModel.Name, device, DType.Float32, residual) { IsEmbedded = true };

    /// <summary>The model that a job names.</summary>
    /// <exception cref="WanLabException">Parts of the model are missing; all of them are named.</exception>
    internal static BaseModel FromJob(ModelOptions options, Device device = default)
    {
        var residual = options.Residual == ResidualPrecision.Bf16 ? DType.BFloat16 : DType.Float32;
        var tiny = options.Architecture == ModelArchitecture.WanTiny;
        if (options.Path is null && tiny) return Tiny(device, residual);
        var layout = LayoutOf(options);
        return Open(layout, options.Architecture.Word(), device, tiny ? DType.Float32 : DType.BFloat16, residual);
    }

    /// <summary>The files of the model that a job names.</summary>
    internal static ModelLayout LayoutOf(ModelOptions options) => options.Path switch
    {
        null when options.Architecture == ModelArchitecture.WanTiny => ModelLayout.FromFolder(TinyModel.Folder),
        null => throw new WanLabException("model.path is missing; " +
            $"{options.Architecture.Word()} needs the model's folder, or a mapping {{high, low, vae, text_encoder, tokenizer}} of files."),
        { Folder: { } folder } => ModelLayout.FromFolder(folder),
        var path => ModelLayout.FromFiles(path.High, path.Low, path.Vae, path.TextEncoder, path.Tokenizer),
    };

    /// <summary>The same model with its large matrices held in another form.</summary>
    internal BaseModel WithPacking(IWeightPacking? packing) =>
        new(Layout, Name, Device, _compute, Residual, packing) { IsEmbedded = IsEmbedded };

    /// <summary>Opens one expert.</summary>
    /// <exception cref="WanLabException">The expert's files do not fit.</exception>
    internal WanTransformer OpenExpert(Expert expert) => new(OpenExpertWeights(expert, Device), Config, Residual);

    /// <summary>Opens the weights of one expert on a device.</summary>
    /// <exception cref="WanLabException">The expert's files do not fit.</exception>
    internal ModelWeights OpenExpertWeights(Expert expert, Device device) =>
        Weights(expert.Part(), ModelKind.Transformer, Config.Shapes(), _compute, device);

    /// <summary>Opens the VAE, in fp32.</summary>
    /// <exception cref="WanLabException">The VAE's files do not fit.</exception>
    internal WanVae OpenVae()
    {
        var config = VaeConfigOf(Layout);
        return new WanVae(Weights(ModelPart.Vae, ModelKind.Vae, config.Shapes(), DType.Float32, Device), config);
    }

    /// <summary>Opens the text encoder.</summary>
    /// <exception cref="WanLabException">The text encoder's files do not fit.</exception>
    internal Umt5Encoder OpenTextEncoder()
    {
        var config = TextConfigOf(Layout);
        if (config.Dim != Config.TextDim)
            throw new WanLabException($"{Layout[ModelPart.TextEncoder]}: its texts are {config.Dim} wide, but the experts take " +
                $"{Config.TextDim}. The text encoder belongs to another model.");
        return new Umt5Encoder(Weights(ModelPart.TextEncoder, ModelKind.TextEncoder, config.Shapes(), _compute, Device), config);
    }

    /// <summary>Opens the tokenizer, padding to <see cref="TextLen"/>.</summary>
    /// <exception cref="WanLabException">The tokenizer's file does not fit.</exception>
    internal WanTokenizer OpenTokenizer() => OpenTokenizer(Layout, TextLen);

    /// <summary>Opens the tokenizer of a layout.</summary>
    internal static WanTokenizer OpenTokenizer(ModelLayout layout, int textLength)
    {
        var path = layout[ModelPart.Tokenizer];
        return ModelIdentity.EmbeddedTokenizer(path) is { } bytes
            ? WanTokenizer.FromBytes(bytes, $"'{path}'", textLength)
            : WanTokenizer.Load(path, textLength);
    }

    /// <summary>
    /// Identity of a part's content and of the types it is held in and computes in, for cache keys and records: 64 hex digits,
    /// independent of the location of the files. Cheap: of the weights it reads only headers, sizes and samples.
    /// </summary>
    /// <exception cref="WanLabException">A file cannot be read.</exception>
    internal string Identity(ModelPart part)
    {
        lock (_identities)
        {
            if (_identities.TryGetValue(part, out var known)) return known;
            var type = part switch
            {
                ModelPart.Tokenizer => $"{TextLen}",
                ModelPart.Vae => $"{DType.Float32}",
                ModelPart.TextEncoder => $"{_compute}",
                _ => $"{_compute} {Residual}",
            };
            if (Packing?.Identity(part) is { Length: > 0 } packing) type += $" {packing}";
            return _identities[part] = ModelIdentity.Of(Layout, part, type);
        }
    }

    private ModelWeights Weights(ModelPart part, ModelKind kind, IReadOnlyList<WeightShape> shapes, DType? dtype, Device device)
    {
        var loader = WeightLoader.Open(Layout[part], kind, shapes);
        using var packer = Packing?.Open(part, shapes, Config);
        return loader.Load(dtype, device, packer: packer);
    }

    /// <summary>Sizes of the VAE.</summary>
    internal static WanVaeConfig VaeConfigOf(ModelLayout layout) =>
        layout.Config(ModelPart.Vae) is { } json ? WanVaeConfig.FromJson(json) : new WanVaeConfig();

    /// <summary>Sizes of the text encoder.</summary>
    internal static Umt5Config TextConfigOf(ModelLayout layout) =>
        layout.Config(ModelPart.TextEncoder) is { } json ? Umt5Config.FromJson(json) : new Umt5Config();

    /// <summary>Sizes of an expert.</summary>
    internal static WanTransformerConfig ConfigOf(ModelLayout layout, ModelPart part) => layout.Config(part) is { } path
        ? JsonFile.Read(path, "transformer configuration", json => WanTransformerConfig.FromJson(json, path))
        : new WanTransformerConfig();
}
