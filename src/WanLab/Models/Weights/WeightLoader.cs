using WanLab.Torch.Safetensors;

namespace WanLab.Models.Weights;

/// <summary>
/// A model's weights on disk, from any tool: official, diffusers (Hugging Face for the text encoder) or ComfyUI
/// names, floats of any width, fp8 with scales. Opening checks every name and shape; tensors are read one by one under
/// their official names and converted only if the type or the device differs (otherwise they stay in the mapped file).
/// </summary>
internal sealed class WeightLoader
{
    // Tensors of ComfyUI's files that are not the model's own.
    private static readonly string[] ScaleNames = ["scale_weight", "weight_scale"];
    private static readonly string[] Extras = [.. ScaleNames, "scale_input", "input_scale", "comfy_quant", "scaled_fp8", SpieceModel];
    private const string SpieceModel = "spiece_model";

    private readonly WeightFiles _files;
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    private WeightLoader(WeightFiles files, IReadOnlyList<WeightShape> shapes, WeightNaming naming)
    {
        _files = files;
        Shapes = shapes;
        Naming = naming.Name;
    }

    /// <summary>The path that was opened.</summary>
    public string Path => _files.Path;

    /// <summary>The naming that the file uses: official, diffusers, Hugging Face or ComfyUI.</summary>
    public string Naming { get; }

    /// <summary>The tensors, by official name.</summary>
    public IReadOnlyList<WeightShape> Shapes { get; }

    /// <summary>Opens a .safetensors file, an index or a folder, and checks it against the tensors that the model needs.</summary>
    /// <exception cref="WanLabException">The file cannot be opened or does not fit; the message lists all differences and the likely
    /// kind of the file.</exception>
    public static WeightLoader Open(string path, ModelKind kind, IReadOnlyList<WeightShape> expected) =>
        Open(WeightFiles.Open(path), kind, expected);

    /// <summary>Checks opened files against the tensors that the model needs.</summary>
    /// <exception cref="WanLabException">The files do not fit.</exception>
    public static WeightLoader Open(WeightFiles files, ModelKind kind, IReadOnlyList<WeightShape> expected)
    {
        var naming = WeightNaming.Detect(kind, files.Names, expected);
        var loader = new WeightLoader(files, expected, naming);
        var unknown = new List<string>();
        foreach (var name in files.Names)
        {
            if (Extras.Contains(name[(name.LastIndexOf('.') + 1)..])) continue;
            if (naming.ToOfficial(name) is { } official) loader._sources.TryAdd(official, name);
            else unknown.Add(name);
        }
        var problems = loader.Problems(unknown);
        if (problems.Length == 0) return loader;
        throw new WanLabException($"{files.Path}: does not hold the weights of {WeightDiagnosis.Noun(kind)} as expected (names read as " +
            $"{naming.Name}). {WeightDiagnosis.Describe(files, kind, expected)}{problems}");
    }

    /// <summary>
    /// The SentencePiece model that ComfyUI's text-encoder files carry as the tensor <c>spiece_model</c>, or null where there is
    /// none.
    /// </summary>
    public static byte[]? FindSentencePiece(string path)
    {
        using var scope = new TensorScope();
        var files = WeightFiles.Open(path);
        return files.Find(SpieceModel) is { DType: DType.UInt8 or DType.Int8 }
            ? files.Read(SpieceModel).ViewAs(DType.UInt8).ToArray<byte>()
            : null;
    }

    /// <summary>The type of a tensor on disk.</summary>
    public DType TypeOf(string name) => Entry(name).DType;

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">Official name of the tensor.</param>
    /// <param name="dtype">Element type; null keeps the file's type, except that fp8 becomes bf16.</param>
    /// <param name="device">Device of the result.</param>
    public Tensor Read(string name, DType? dtype = null, Device device = default)
    {
        using var scope = new TensorScope();
        var entry = Entry(name);
        var raw = _files.Read(entry.Name);
        var scale = Scale(entry.Name) is { } s ? _files.Read(s.Name).To(DType.Float32) : null;
        if (IsFloat8(entry.DType)) raw = Float8.Decode(raw, entry.DType, scale, dtype ?? DType.BFloat16);
        else if (scale is not null)
            raw = (raw.To(DType.Float32) * (scale.Count == 1 ? scale.View([]) : scale.View(-1, 1))).To(dtype ?? entry.DType);
        return scope.Keep(raw.To(device, dtype ?? raw.DType));
    }

    /// <summary>Reads all tensors.</summary>
    /// <param name="dtype">Element type; null keeps each tensor's own type, except that fp8 becomes bf16.</param>
    /// <param name="device">Device of the result.</param>
    /// <param name="keepFloat32">Selects tensors by official name to read in fp32 for any <paramref name="dtype"/>; null for none.</param>
    /// <param name="packer">Packs large tensors as they are read, so that only one of them is unpacked at a time; null for none.</param>
    public ModelWeights Load(DType? dtype = null, Device device = default, Func<string, bool>? keepFloat32 = null,
        IWeightPacker? packer = null)
    {
        using var scope = new TensorScope(); // all or nothing: a failure frees the tensors read so far
        var tensors = new List<KeyValuePair<string, Tensor>>();
        var packed = new List<KeyValuePair<string, PackedWeight>>();
        foreach (var name in Shapes.Select(shape => shape.Name))
        {
            using var one = new TensorScope();
            var tensor = Read(name, keepFloat32?.Invoke(name) == true ? DType.Float32 : dtype, device);
            if (packer?.Pack(name, tensor) is { } weight)
            {
                foreach (var part in weight.Parts) one.Keep(part);
                packed.Add(new(name, weight));
            }
            else
            {
                tensors.Add(new(name, one.Keep(tensor)));
            }
        }
        return new ModelWeights(tensors, packed);
    }

    private static bool IsFloat8(DType dtype) => dtype is DType.Float8E4M3 or DType.Float8E5M2;

    private TensorEntry Entry(string name) => _sources.TryGetValue(name, out var source)
        ? _files.Find(source)!
        : throw new WanLabException($"{Path}: has no tensor '{name}'.");

    private TensorEntry? Scale(string source)
    {
        if (!source.EndsWith(".weight", StringComparison.Ordinal)) return null;
        var module = source[..^"weight".Length];
        return ScaleNames.Select(name => _files.Find(module + name)).FirstOrDefault(entry => entry is not null);
    }

    private string Problems(IReadOnlyCollection<string> unknown)
    {
        var entries = _sources.ToDictionary(pair => pair.Key, pair => _files.Find(pair.Value)!);
        return WeightCheck.Problems(Shapes, entries.ToDictionary(e => e.Key, e => (IReadOnlyList<long>)e.Value.Shape), unknown)
            + WeightCheck.Line("in a quantised form that is not read (use a bf16, fp16 or fp8_scaled file)", entries
                .Where(e => !e.Value.DType.IsFloat() || Scale(e.Value.Name) is { } scale && !Fits(scale, e.Value))
                .Select(e => $"{e.Key} ({e.Value.DType})"));
    }

    private static bool Fits(TensorEntry scale, TensorEntry weight)
    {
        var count = scale.Shape.Aggregate(1L, (a, b) => a * b);
        return scale.DType.IsFloat() && !IsFloat8(scale.DType) && (count == 1 || weight.Shape.Length == 2 && count == weight.Shape[0]);
    }
}
