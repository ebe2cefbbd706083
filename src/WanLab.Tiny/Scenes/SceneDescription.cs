using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// Everything that decides a clip. One unit of length ("metre") is about the height of the subject, which stands
/// at the origin on the floor, its front towards azimuth 0. A description draws the same clip every time.
/// </summary>
public sealed record SceneDescription
{
    /// <summary>What stands in the middle.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Its main colour.</summary>
    public required SubjectColor Color { get; init; }

    /// <summary>Sky and light.</summary>
    public required Background Background { get; init; }

    /// <summary>The floor.</summary>
    public required Floor Floor { get; init; }

    /// <summary>What the camera does.</summary>
    public CameraMotion Camera { get; init; } = CameraMotion.Static;

    /// <summary>How fast the camera does it, in the unit its <see cref="CameraMotion"/> names; never negative.</summary>
    public double CameraRate { get; init; }

    /// <summary>What the subject does.</summary>
    public ObjectMotion Motion { get; init; } = ObjectMotion.None;

    /// <summary>How fast the subject does it, in the unit its <see cref="ObjectMotion"/> names; never negative.</summary>
    public double MotionRate { get; init; }

    /// <summary>Where the camera is at the first frame.</summary>
    public CameraStart Start { get; init; } = new();

    /// <summary>Where a sliding subject is at the first frame, in metres to the right of the origin.</summary>
    public double SlideStart { get; init; }

    /// <summary>How it is drawn.</summary>
    public Look Look { get; init; } = Look.Natural;

    /// <summary>Which arrangement of small things stands in the distance; 0 = none.</summary>
    public int PropLayout { get; init; }
}

/// <summary>Where the camera is at the first frame. It looks at the middle of the subject unless turned away by pan and tilt.</summary>
public sealed record CameraStart
{
    /// <summary>Where around the subject it stands: 0 = in front, 90 = at the subject's left hand (to the right in a front view).</summary>
    public double AzimuthDegrees { get; init; } = 30;

    /// <summary>Angle above the subject's middle.</summary>
    public double ElevationDegrees { get; init; } = 10;

    /// <summary>Metres to the subject's middle.</summary>
    public double Distance { get; init; } = 4.2;

    /// <summary>Field of view across the shorter side of the picture.</summary>
    public double FieldOfViewDegrees { get; init; } = 32;

    /// <summary>Degrees the camera is turned to the right, away from the subject.</summary>
    public double PanDegrees { get; init; }

    /// <summary>Degrees the camera is turned upwards, away from the subject.</summary>
    public double TiltDegrees { get; init; }

    /// <summary>Metres the camera stands to the right of where it would face the subject squarely.</summary>
    public double SidewaysOffset { get; init; }
}
