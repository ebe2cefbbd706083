using WanLab.Torch;

namespace WanLab.Models.Weights;

/// <summary>Name and shape of one tensor that a model needs.</summary>
/// <param name="Name">Official name.</param>
/// <param name="Shape">Sizes, outermost first.</param>
public sealed record WeightShape(string Name, params long[] Shape);

/// <summary>A model's tensors under their official names. Owns them: disposing it frees the model's memory.</summary>
public sealed class ModelWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors;

    /// <summary>Takes over the tensors given.</summary>
    public ModelWeights(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        _tensors = new Dictionary<string, Tensor>(tensors, StringComparer.Ordinal);
        foreach (var tensor in _tensors.Values) TensorScope.Detach(tensor);
    }

    /// <summary>All tensors by official name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>A tensor by its official name.</summary>
    public Tensor this[string name] => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new WanLabException($"The model's weights have no tensor '{name}'.");

    /// <summary>A tensor by its official name, or null where the model has none.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
    }
}
