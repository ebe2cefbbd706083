namespace WanLab.Training.Optimizers;

/// <summary>
/// Settings of <see cref="Prodigy"/>; the defaults are those of the authors' implementation except for the weight decay, which is
/// the job file's.
/// </summary>
internal sealed record ProdigyOptions
{
    /// <summary>Decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment; its root is the decay of the distance estimate's sums.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Number added to the root of the second moment, times the distance.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Decoupled weight decay: a step shrinks the parameters by step size times this.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>The first estimate of the distance: far below realistic values.</summary>
    public double InitialDistance { get; init; } = 1e-6;
}
