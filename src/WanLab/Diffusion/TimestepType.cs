namespace WanLab.Diffusion;

/// <summary>Distribution of training timesteps.</summary>
public enum TimestepType
{
    /// <summary>Uniform over (0, 1000).</summary>
    [Word("linear")]
    Linear,

    /// <summary>1000 sigmoid(n), n normal: the middle more often.</summary>
    [Word("sigmoid")]
    Sigmoid,

    /// <summary>1000 s u / (1 + (s - 1) u), u uniform: the noisy end more often.</summary>
    [Word("shift")]
    Shift,

    /// <summary>
    /// Uniform, with a loss weight: a bell over 0 to 1000, 0 at both ends and highest at 500, scaled to 1 on average for each expert.
    /// </summary>
    [Word("weighted")]
    Weighted,
}
