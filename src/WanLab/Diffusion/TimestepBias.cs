namespace WanLab.Diffusion;

/// <summary>Emphasis within the active expert's range of timesteps.</summary>
public enum TimestepBias
{
    /// <summary>No emphasis.</summary>
    [Word("balanced")]
    Balanced,

    /// <summary>Towards the noisy end of the range.</summary>
    [Word("favor_high_noise")]
    FavorHighNoise,

    /// <summary>Towards the clean end of the range.</summary>
    [Word("favor_low_noise")]
    FavorLowNoise,
}
