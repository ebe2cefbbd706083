namespace WanLab.Tiny.Pretraining;

/// <summary>Optimisation of one phase of the pretraining: AdamW, warm-up, then a cosine down to a twentieth of the rate.</summary>
internal sealed record PhaseOptions
{
    private const double LastShare = 0.05;

    /// <summary>Number of optimiser steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Items per step, over all workers.</summary>
    public required int Batch { get; init; }

    /// <summary>Highest learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Number of steps over which the learning rate rises.</summary>
    public int Warmup { get; init; } = 100;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Limit of the gradient's norm.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>Decay of the average of the weights, which is the result of a phase.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Returns the options with a share of the steps, at least one step.</summary>
    public PhaseOptions Scaled(double share) => this with { Steps = Math.Max(1, (int)Math.Round(Steps * share)) };

    /// <summary>Returns the learning rate of a step, counted from 0.</summary>
    public double RateAt(int step)
    {
        if (step < Warmup) return LearningRate * (step + 1) / Warmup;
        var done = (step - Warmup) / (double)Math.Max(1, Steps - Warmup);
        return LearningRate * (LastShare + (1 - LastShare) * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }
}
