namespace WanLab.Training.Optimizers;

/// <summary>An optimiser that a job can choose. Adding one takes a class of its own and one line here.</summary>
/// <param name="Name">Name in the job file.</param>
/// <param name="StateBytes">Bytes of state for each parameter.</param>
/// <param name="Create">Creates the optimiser for parameters and a weight decay, with defaults for its other settings.</param>
public sealed record OptimizerType(string Name, double StateBytes, Func<Tensor, double, Optimizer> Create) : INamed
{
    /// <summary>AdamW, with decoupled weight decay.</summary>
    public static OptimizerType AdamW { get; } = new("adamw", 8, (p, decay) => new AdamW(p, new AdamWOptions { WeightDecay = decay }));

    /// <summary>AdamW with its state in 8 bits: two bytes per parameter, and two float32 scales per 256 parameters.</summary>
    public static OptimizerType AdamW8Bit { get; } = new("adamw8bit", 2 + 8.0 / 256,
        (p, decay) => new AdamW8Bit(p, new AdamWOptions { WeightDecay = decay }));

    /// <summary>Prodigy, which finds the step size by itself; the learning rate is a factor on it, usually 1.</summary>
    public static OptimizerType Prodigy { get; } = new("prodigy", 16,
        (p, decay) => new Prodigy(p, new ProdigyOptions { WeightDecay = decay }));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
