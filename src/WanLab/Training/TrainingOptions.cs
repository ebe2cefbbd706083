using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>The <c>training</c> section: steps, optimiser, loss and timesteps.</summary>
public sealed record TrainingOptions
{
    /// <summary>Optimiser steps over both experts.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>Items in one forward pass.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Forward passes averaged into one optimiser step.</summary>
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>The optimiser.</summary>
    public OptimizerType Optimizer { get; init; } = OptimizerType.AdamW8Bit;

    /// <summary>Learning rate, one for both experts or one each.</summary>
    public PerExpert LearningRate { get; init; } = 1e-4;

    /// <summary>Course of the learning rate after the warm-up.</summary>
    public LearningRateScheduler LrScheduler { get; init; } = LearningRateScheduler.Constant;

    /// <summary>Steps over which the learning rate rises from 0.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Gradients with a larger norm are scaled down to this one.</summary>
    public double MaxGradNorm { get; init; } = 1.0;

    /// <summary>Distance between prediction and target.</summary>
    public LossType Loss { get; init; } = LossType.Mse;

    /// <summary>Distribution timesteps are drawn from, before truncation to the active expert's range.</summary>
    public TimestepType TimestepType { get; init; } = TimestepType.Linear;

    /// <summary>The s of <see cref="Diffusion.TimestepType.Shift"/>.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Emphasis within the active expert's range.</summary>
    public TimestepBias TimestepBias { get; init; } = TimestepBias.Balanced;

    /// <summary>Moving average of the adapter.</summary>
    public EmaOptions Ema { get; init; } = new();

    /// <summary>Handling of caption embeddings.</summary>
    public TextEncoderOptions TextEncoder { get; init; } = new();

    /// <summary>Differential output preservation.</summary>
    public DopOptions Dop { get; init; } = new();

    /// <summary>The distribution that timesteps are drawn from.</summary>
    public TimestepDistribution Timesteps() => new(TimestepType, Shift, TimestepBias);
}
