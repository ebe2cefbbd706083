namespace WanLab.Training;

/// <summary>The <c>multistage</c> section: which experts are trained, and how steps are shared out.</summary>
public sealed record MultistageOptions
{
    /// <summary>Whether the high-noise expert is trained.</summary>
    public bool HighNoise { get; init; } = true;

    /// <summary>Whether the low-noise expert is trained.</summary>
    public bool LowNoise { get; init; } = true;

    /// <summary>Optimiser steps on one expert before the other's turn.</summary>
    [AtLeast(1)]
    public int SwitchEvery { get; init; } = 10;

    /// <summary>Share of the steps given to the high-noise expert if both are trained; inside (0, 1).</summary>
    [Between(0, 1)]
    public double HighShare { get; init; } = 0.5;

    /// <summary>The noise level, inside (0, 1), from which the high-noise expert works.</summary>
    [Between(0, 1)]
    public double Boundary { get; init; } = Experts.UsualBoundary;

    /// <summary>Whether both experts are trained.</summary>
    public bool TrainsBoth => HighNoise && LowNoise;

    /// <summary>Whether an expert is trained.</summary>
    public bool Trains(Expert expert) => expert == Expert.High ? HighNoise : LowNoise;
}
