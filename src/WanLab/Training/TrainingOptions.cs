using WanLab.Diffusion;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>The <c>training</c> section: steps, optimiser, loss and timesteps.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number of optimiser steps over both experts.</summary>
    [AtLeast(1, Ceiling = 100_000_000), OnResume(Change.Free)]
    public int Steps { get; init; } = 2000;

    /// <summary>Number of items in one forward pass.</summary>
    [AtLeast(1, Ceiling = 1024)]
    public int BatchSize { get; init; } = 1;

    /// <summary>Number of forward passes averaged into one optimiser step.</summary>
    [AtLeast(1, Ceiling = 100_000)]
    public int GradientAccumulation { get; init; } = 1;

    /// <summary>The rule that turns gradients into changes of the adapter.</summary>
    [OnResume(Change.Refused, "the saved state is the other optimiser's")]
    public OptimizerType Optimizer { get; init; } = OptimizerType.AdamW8Bit;

    /// <summary>Learning rate, one for both experts or one each.</summary>
    [Above(0, atMost: 1), OnResume(Change.Free)]
    public PerExpert LearningRate { get; init; } = 1e-4;

    /// <summary>Course of the learning rate after the warm-up.</summary>
    [OnResume(Change.Free)]
    public LearningRateScheduler LrScheduler { get; init; } = LearningRateScheduler.Constant;

    /// <summary>Number of steps over which the learning rate rises from 0.</summary>
    [AtLeast(0), OnResume(Change.Free)]
    public int WarmupSteps { get; init; }

    /// <summary>Share of a weight, times the learning rate, that is subtracted at each step.</summary>
    [AtLeast(0), OnResume(Change.Free)]
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Gradients with a larger norm are scaled down to this one.</summary>
    [Above(0), OnResume(Change.Free)]
    public double MaxGradNorm { get; init; } = 1.0;

    /// <summary>Distance between prediction and target.</summary>
    public LossType Loss { get; init; } = LossType.Mse;

    /// <summary>Distribution timesteps are drawn from, before truncation to the active expert's range.</summary>
    public TimestepType TimestepType { get; init; } = TimestepType.Linear;

    /// <summary>The s of <see cref="Diffusion.TimestepType.Shift"/>: larger values draw noisy timesteps more often.</summary>
    [Above(0)]
    public double Shift { get; init; } = 5;

    /// <summary>Emphasis within the active expert's range of timesteps.</summary>
    public TimestepBias TimestepBias { get; init; } = TimestepBias.Balanced;

    /// <summary>Moving average of the adapter.</summary>
    public EmaOptions Ema { get; init; } = new();

    /// <summary>Handling of caption embeddings.</summary>
    [OnResume(Change.Free)]
    public TextEncoderOptions TextEncoder { get; init; } = new();

    /// <summary>
    /// Differential output preservation: without the trigger word, the adapter is held to the base model's prediction.
    /// </summary>
    public DopOptions Dop { get; init; } = new();

    /// <summary>The distribution that timesteps are drawn from.</summary>
    public TimestepDistribution Timesteps() => new(TimestepType, Shift, TimestepBias);
}
