namespace WanLab.Jobs;

/// <summary>Optimisers.</summary>
public enum OptimizerType
{
    /// <summary><c>adamw</c>.</summary>
    AdamW,

    /// <summary><c>adamw8bit</c>: AdamW with its state in 8 bits.</summary>
    AdamW8Bit,

    /// <summary><c>prodigy</c>.</summary>
    Prodigy,
}

/// <summary>Course of the learning rate.</summary>
public enum LearningRateScheduler
{
    /// <summary><c>constant</c>.</summary>
    Constant,

    /// <summary><c>cosine</c>.</summary>
    Cosine,

    /// <summary><c>linear</c>.</summary>
    Linear,
}

/// <summary>Distance between prediction and target.</summary>
public enum LossType
{
    /// <summary><c>mse</c>: mean squared error.</summary>
    Mse,

    /// <summary><c>mae</c>: mean absolute error.</summary>
    Mae,

    /// <summary><c>huber</c>.</summary>
    Huber,
}

/// <summary>Distribution of training timesteps.</summary>
public enum TimestepType
{
    /// <summary><c>linear</c>: uniform over (0, 1000).</summary>
    Linear,

    /// <summary><c>sigmoid</c>: 1000 sigmoid(n), n normal.</summary>
    Sigmoid,

    /// <summary><c>shift</c>: 1000 s u / (1 + (s - 1) u), u uniform.</summary>
    Shift,

    /// <summary><c>weighted</c>: uniform, with a bell-shaped loss weight.</summary>
    Weighted,
}

/// <summary>Emphasis within the active expert's range of timesteps.</summary>
public enum TimestepBias
{
    /// <summary><c>balanced</c>: none.</summary>
    Balanced,

    /// <summary><c>favor_high_noise</c>: towards the range's noisy end.</summary>
    FavorHighNoise,

    /// <summary><c>favor_low_noise</c>: towards the range's clean end.</summary>
    FavorLowNoise,
}
