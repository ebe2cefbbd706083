using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// The weights of the parts that are trained together, in one flat buffer, with a flat gradient for each worker and a
/// running average of the weights. Every worker has its own leaves over the same memory.
/// </summary>
internal sealed class FlatModel : IDisposable
{
    private readonly List<(string Part, WeightShape Shape, long At)> _layout = [];

    /// <summary>Copies the initial weights; the caller keeps its own.</summary>
    public FlatModel(IReadOnlyList<(string Part, ModelWeights Initial)> parts, int workers, Device device)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var all = parts.SelectMany(part => part.Initial.Tensors.Select(pair => (part.Part, pair.Key, Tensor: pair.Value))).ToList();
        Parameters = TensorScope.Detach(Tensor.Cat([.. all.Select(entry => entry.Tensor.To(device, DType.Float32).Reshape(-1))], 0));
        Average = TensorScope.Detach(Parameters.Clone());
        Gradients = [.. Enumerable.Range(0, workers).Select(_ => TensorScope.Detach(Tensor.Zeros([Parameters.Count], device: device)))];
        var at = 0L;
        foreach (var (part, name, tensor) in all)
        {
            _layout.Add((part, new WeightShape(name, [.. tensor.Shape]), at));
            at += tensor.Count;
        }
    }

    /// <summary>The device that it is trained on.</summary>
    public Device Device => Parameters.Device;

    /// <summary>All weights, in one buffer.</summary>
    public Tensor Parameters { get; }

    /// <summary>The running average of all weights.</summary>
    public Tensor Average { get; }

    /// <summary>The gradients that backward accumulates, one for each worker.</summary>
    public IReadOnlyList<Tensor> Gradients { get; }

    /// <summary>A part's weights as leaves for one worker. They share the buffer's memory.</summary>
    public ModelWeights Leaves(string part, int worker)
    {
        using var scope = new TensorScope();
        return new ModelWeights(Of(part).Select(entry =>
        {
            var leaf = TensorScope.Detach(View(Parameters, entry).Detach());
            leaf.RequiresGrad = true;
            leaf.SetGrad(View(Gradients[worker], entry));
            return KeyValuePair.Create(entry.Shape.Name, leaf);
        }).ToList());
    }

    /// <summary>A copy of a part's averaged weights.</summary>
    public ModelWeights Averaged(string part)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        return new ModelWeights(
            Of(part).Select(entry => KeyValuePair.Create(entry.Shape.Name, TensorScope.Detach(View(Average, entry).Clone()))).ToList());
    }

    public void Dispose()
    {
        Parameters.Dispose();
        Average.Dispose();
        foreach (var gradient in Gradients) gradient.Dispose();
    }

    private IEnumerable<(WeightShape Shape, long At)> Of(string part) =>
        _layout.Where(entry => entry.Part == part).Select(entry => (entry.Shape, entry.At));

    private static Tensor View(Tensor flat, (WeightShape Shape, long At) entry) =>
        flat.Narrow(0, entry.At, entry.Shape.Count).View(entry.Shape.Shape);
}
