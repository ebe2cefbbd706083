using WanLab.Adapters;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>The trainable LoRA weights of one expert, on one device, with their optimiser and moving average. Owns all of them.</summary>
internal sealed class TrainedAdapter : IDisposable
{
    /// <summary>The name of the moving average in <see cref="State"/>.</summary>
    public const string Average = "average";

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

    /// <summary>The adapter that is saved and sampled: the moving average if one is kept, otherwise the adapter itself.</summary>
    public LoraAdapter Result => _average?.Adapter ?? Adapter;

    /// <summary>The adapter's optimiser.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>All tensors that resuming needs, by name.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> State =>
    [
        ("parameters", Adapter.Parameters),
        .. Optimizer.Tensors.Select(part => ($"optimizer.{part.Name}", part.Tensor)),
        .. _average is null ? [] : ((string, Tensor)[])[(Average, _average.Adapter.Parameters)],
    ];

    /// <summary>Updates the adapter from its gradients, then the average from the adapter.</summary>
    public void Update(double rate)
    {
        Optimizer.Step(Adapter.Gradients, rate);
        _average?.Update();
    }

    /// <summary>Moves the training to another device, bit for bit; this object can no longer be used.</summary>
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
