using WanLab.Review.Measures;

namespace WanLab.Tiny.Experiments;

/// <summary>The measurements of one sampled clip.</summary>
public sealed record SampleRow
{
    /// <summary>Variant of the training; "base" at step 0.</summary>
    public required string Variant { get; init; }

    /// <summary>Seed of the training; 0 for the base model.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of training steps; 0 is the base model.</summary>
    public required int Step { get; init; }

    /// <summary>Name of the sampled probe.</summary>
    public required string Probe { get; init; }

    /// <summary>Seed of the starting noise.</summary>
    public required int Noise { get; init; }

    /// <summary>Number of sampled frames.</summary>
    public required int Frames { get; init; }

    /// <summary>Camera motion of the whole clip.</summary>
    public required CameraMotionEstimate Camera { get; init; }

    /// <summary>The orbit rate of the scene's real continuation, measured in the same way; degrees a second.</summary>
    public required double TrueOrbitRate { get; init; }

    /// <summary>Camera motion of the clip's second half.</summary>
    public required CameraMotionEstimate SecondHalf { get; init; }

    /// <summary>Mean change from frame to frame, 0 to 1.</summary>
    public required double Motion { get; init; }

    /// <summary>Flicker of the whole picture.</summary>
    public required double Flicker { get; init; }

    /// <summary>Ratio of the last frame's sharpness to the first one's.</summary>
    public required double SharpnessKept { get; init; }

    /// <summary>Colours of the second half.</summary>
    public required ColorStatistics Colors { get; init; }

    /// <summary>Similarity of the first frame to the start image, in decibels.</summary>
    public required double FirstFrame { get; init; }

    /// <summary>Similarity of the clip to the scene's real continuation, in decibels.</summary>
    public required double Truth { get; init; }

    /// <summary>Similarity of the clip to the base model's from the same noise, in decibels; null for the base model itself.</summary>
    public double? AgainstBase { get; init; }
}
