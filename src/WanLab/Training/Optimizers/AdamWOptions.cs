namespace WanLab.Training.Optimizers;

/// <summary>
/// Settings of <see cref="AdamW"/> and <see cref="AdamW8Bit"/>; the defaults are torch's except for the weight decay, which is the
/// job file's.
/// </summary>
internal sealed record AdamWOptions
{
    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Number added to the root of the second moment.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay: a step shrinks the parameters by learning rate times this.</summary>
    public double WeightDecay { get; init; } = 1e-4;
}
