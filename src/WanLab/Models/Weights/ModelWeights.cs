namespace WanLab.Models.Weights;

/// <summary>Name and shape of one tensor that a model needs.</summary>
/// <param name="Name">Official name.</param>
/// <param name="Shape">Sizes, outermost first.</param>
internal sealed record WeightShape(string Name, params long[] Shape)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (a, b) => a * b);
}

/// <summary>A model's tensors under their official names, some of them packed. Owns them: disposing it frees the model's memory.</summary>
internal sealed class ModelWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly Dictionary<string, PackedWeight> _packed;

    /// <summary>Takes ownership of the given tensors.</summary>
    /// <param name="tensors">Tensors that are held as they are.</param>
    /// <param name="packed">Packed matrices; null for none.</param>
    internal ModelWeights(IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, PackedWeight>>? packed = null)
    {
        _tensors = new Dictionary<string, Tensor>(tensors, StringComparer.Ordinal);
        _packed = new Dictionary<string, PackedWeight>(packed ?? [], StringComparer.Ordinal);
        foreach (var tensor in _tensors.Values.Concat(_packed.Values.SelectMany(weight => weight.Parts))) TensorScope.Detach(tensor);
    }

    /// <summary>The tensors that are held as they are, by official name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The packed matrices, by official name.</summary>
    internal IReadOnlyDictionary<string, PackedWeight> Packed => _packed;

    /// <summary>Number of bytes that all of them take.</summary>
    public long Bytes => _tensors.Values.Sum(tensor => tensor.Bytes) + _packed.Values.Sum(weight => weight.Bytes);

    /// <summary>A tensor that is held as it is, by its official name.</summary>
    public Tensor this[string name] => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new WanLabException($"The model's weights have no tensor '{name}'.");

    /// <summary>A tensor by its official name, or null where the model has none, or has it packed.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>A matrix, packed or not, by its official name.</summary>
    internal FrozenMatrix Matrix(string name) =>
        _packed.TryGetValue(name, out var packed) ? new FrozenMatrix(null, packed) : new FrozenMatrix(this[name], null);

    /// <summary>Copies all of them to a device.</summary>
    public ModelWeights To(Device device)
    {
        using var scope = new TensorScope();
        return new ModelWeights(
            _tensors.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.To(device))).ToList(),
            _packed.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.To(device))).ToList());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        foreach (var weight in _packed.Values) weight.Dispose();
    }
}
