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

    /// <summary>Uniform, with a bell-shaped loss weight.</summary>
    [Word("weighted")]
    Weighted,
}
