namespace WanLab.Training.Optimizers;

/// <summary>
/// Updates one flat parameter buffer. Its memory between updates is <see cref="Tensors"/> and
/// <see cref="Numbers"/>; once they are saved and restored, later updates are the same to the bit.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _tensors = [];

    /// <summary>An optimiser of flat float32 parameters.</summary>
    protected Optimizer(Tensor parameters) => Parameters = parameters;

    /// <summary>The parameters that it updates; not owned.</summary>
    protected Tensor Parameters { get; }

    /// <summary>Number of updates made so far.</summary>
    public int Steps { get; protected set; }

    /// <summary>The tensors of the state by name, each with one axis; they are overwritten to restore a saved state.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Tensors => _tensors;

    /// <summary>The numbers of the state by name.</summary>
    public virtual IReadOnlyDictionary<string, double> Numbers
    {
        get => new Dictionary<string, double> { ["steps"] = Steps };
        set => Steps = (int)value["steps"];
    }

    /// <summary>The optimiser that a job asks for, with its other settings at their defaults.</summary>
    public static Optimizer Create(TrainingOptions options, Tensor parameters) => options.Optimizer.Create(parameters, options.WeightDecay);

    /// <summary>Makes one update from a gradient of the parameters' shape, at a learning rate above 0.</summary>
    public abstract void Step(Tensor gradient, double rate);

    /// <summary>Adds a tensor of zeros to the state.</summary>
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
