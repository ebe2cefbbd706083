using WanLab.Torch;

namespace WanLab.Training.Optimizers;

/// <summary>
/// Updates one flat parameter buffer. What it remembers between updates is <see cref="Tensors"/> and
/// <see cref="Numbers"/>: saved and written back, it goes on to the same bits.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _tensors = [];

    /// <summary>An optimiser of parameters, flat and float32.</summary>
    protected Optimizer(Tensor parameters) => Parameters = parameters;

    /// <summary>What it updates; not owned.</summary>
    protected Tensor Parameters { get; }

    /// <summary>Updates made so far.</summary>
    public int Steps { get; protected set; }

    /// <summary>State by name, each of one axis; written to in order to go on from a saved state.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Tensors => _tensors;

    /// <summary>The rest of its state, by name.</summary>
    public virtual IReadOnlyDictionary<string, double> Numbers
    {
        get => new Dictionary<string, double> { ["steps"] = Steps };
        set => Steps = (int)value["steps"];
    }

    /// <summary>The optimiser that a job asks for, with its other settings at their defaults.</summary>
    public static Optimizer Create(TrainingOptions options, Tensor parameters) => options.Optimizer.Create(parameters, options.WeightDecay);

    /// <summary>One update from a gradient of the parameters' shape, at a learning rate above 0.</summary>
    public abstract void Step(Tensor gradient, double rate);

    /// <summary>A part of the state, of zeros.</summary>
    protected Tensor AddState(string name, long count, DType dtype = DType.Float32)
    {
        var tensor = TensorScope.Detach(Tensor.Zeros([count], dtype, Parameters.Device));
        _tensors.Add((name, tensor));
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in _tensors) tensor.Dispose();
        GC.SuppressFinalize(this);
    }
}
