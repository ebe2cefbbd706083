using WanLab.Review.Measures;

namespace WanLab.Tiny.Experiments;

/// <summary>What was measured on one sampled clip.</summary>
public sealed record SampleRow
{
    /// <summary>The training's variant; "base" at step 0.</summary>
    public required string Variant { get; init; }

    /// <summary>The training's seed; 0 for the base model.</summary>
    public required int Seed { get; init; }

    /// <summary>Training steps; 0 is the base model.</summary>
    public required int Step { get; init; }

    /// <summary>What was sampled.</summary>
    public required string Probe { get; init; }

    /// <summary>Seed of the starting noise.</summary>
    public required int Noise { get; init; }

    /// <summary>Frames sampled.</summary>
    public required int Frames { get; init; }

    /// <summary>Camera motion of the whole clip.</summary>
    public required CameraMotionEstimate Camera { get; init; }

    /// <summary>The orbit rate of the scene as it really goes on, measured in the same way; degrees a second.</summary>
    public required double TrueOrbitRate { get; init; }

    /// <summary>Of its second half.</summary>
    public required CameraMotionEstimate SecondHalf { get; init; }

    /// <summary>Mean change from frame to frame, 0 to 1.</summary>
    public required double Motion { get; init; }

    /// <summary>Flicker of the whole picture.</summary>
    public required double Flicker { get; init; }

    /// <summary>Sharpness of the last frame over the first one's.</summary>
    public required double SharpnessKept { get; init; }

    /// <summary>Colours of the second half.</summary>
    public required ColorStatistics Colors { get; init; }

    /// <summary>First frame against the start image, decibels.</summary>
    public required double FirstFrame { get; init; }

    /// <summary>The clip against how the scene really goes on, decibels.</summary>
    public required double Truth { get; init; }

    /// <summary>The clip against the base model's from the same noise, decibels; null for the base model itself.</summary>
    public double? AgainstBase { get; init; }
}
