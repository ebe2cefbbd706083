namespace WanLab.Diffusion;

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
