namespace WanLab.Diffusion;

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
