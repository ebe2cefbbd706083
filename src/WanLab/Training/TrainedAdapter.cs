using WanLab.Adapters;
using WanLab.Torch;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>What of an expert is trained, on one device: the adapter, its optimiser and moving average. Owns all of them.</summary>
internal sealed class TrainedAdapter : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly AdapterAverage? _average;

    /// <summary>Starts training an adapter.</summary>
    public TrainedAdapter(LoraAdapter adapter, TrainingOptions options)
    {
        (Adapter, _options) = (adapter, options);
        Optimizer = Optimizer.Create(options, adapter.Parameters);
        if (options.Ema.Enabled) _average = new AdapterAverage(adapter, options.Ema.Decay);
    }

    /// <summary>The adapter.</summary>
    public LoraAdapter Adapter { get; }

    /// <summary>What is saved and sampled: the moving average where one is kept, else the adapter itself.</summary>
    public LoraAdapter Result => _average?.Adapter ?? Adapter;

    /// <summary>The adapter's optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>All tensors that going on needs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State =>
    [
        ("parameters", Adapter.Parameters),
        .. Optimizer.Tensors.Select(part => ($"optimizer.{part.Name}", part.Tensor)),
        .. _average is null ? [] : ((string, Tensor)[])[("average", _average.Adapter.Parameters)],
    ];

    /// <summary>Updates the adapter from its gradients, and the average from it.</summary>
    public void Update(double rate)
    {
        Optimizer.Step(Adapter.Gradients, rate);
        _average?.Update();
    }

    /// <summary>The same training, bit for bit, on another device; this one is then done with.</summary>
    public TrainedAdapter To(Device device)
    {
        using var off = GradMode.Off();
        var moved = new TrainedAdapter(LoraAdapter.From(Adapter.Modules, device), _options);
        foreach (var (from, to) in State.Zip(moved.State)) to.Tensor.CopyInto(from.Tensor);
        moved.Optimizer.Numbers = Optimizer.Numbers;
        return moved;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Optimizer.Dispose();
        _average?.Dispose();
        Adapter.Dispose();
    }
}
