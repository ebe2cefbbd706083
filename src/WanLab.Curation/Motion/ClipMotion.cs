namespace WanLab.Curation.Motion;

/// <summary>The measured motion of a clip.</summary>
public sealed record ClipMotion
{
    /// <summary>The move of the camera that explains most of the motion.</summary>
    public required CameraMove Camera { get; init; }

    /// <summary>
    /// The speed: widths of the picture a second for a pan, heights for a tilt, degrees a second for a roll, growth a second (0.1 is
    /// 10 %) for a zoom, widths of difference between near and far a second for an orbit.
    /// </summary>
    public required double Speed { get; init; }

    /// <summary>Confidence in the kind and the direction, from 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Motion of what moves by itself, in widths of the picture a second, averaged over the parts that move.</summary>
    public required double Subject { get; init; }

    /// <summary>Seconds from the first frame to where the motion starts; 0 where it moves from the start or never does.</summary>
    public required double StartsAt { get; init; }

    /// <summary>Seconds to where the motion ends; the clip's length where it moves to its end.</summary>
    public required double EndsAt { get; init; }

    /// <summary>Amount of motion over time, in widths of the picture a second: one number for each tenth of a second.</summary>
    public required IReadOnlyList<double> Curve { get; init; }

    /// <summary>The motion as words for a caption, such as "slow pan left"; empty where nothing moves.</summary>
    public required string Phrase { get; init; }
}
