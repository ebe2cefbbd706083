using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>
/// Everything that determines a clip. One unit of length ("metre") is about the height of the subject, which stands
/// at the origin on the floor, its front towards azimuth 0. A description draws the same clip every time.
/// </summary>
public sealed record SceneDescription
{
    /// <summary>The subject in the middle of the scene.</summary>
    public required Subject Subject { get; init; }

    /// <summary>The main colour of the subject.</summary>
    public required SubjectColor Color { get; init; }

    /// <summary>The sky and the light.</summary>
    public required Background Background { get; init; }

    /// <summary>The pattern of the floor.</summary>
    public required Floor Floor { get; init; }

    /// <summary>The motion of the camera.</summary>
    public CameraMotion Camera { get; init; } = CameraMotion.Static;

    /// <summary>The rate of the camera's motion, in the unit of its <see cref="CameraMotion"/>; never negative.</summary>
    public double CameraRate { get; init; }

    /// <summary>The motion of the subject.</summary>
    public ObjectMotion Motion { get; init; } = ObjectMotion.None;

    /// <summary>The rate of the subject's motion, in the unit of its <see cref="ObjectMotion"/>; never negative.</summary>
    public double MotionRate { get; init; }

    /// <summary>The camera's position at the first frame.</summary>
    public CameraStart Start { get; init; } = new();

    /// <summary>The position of a sliding subject at the first frame, in metres to the right of the origin.</summary>
    public double SlideStart { get; init; }

    /// <summary>The look in which the scene is drawn.</summary>
    public Look Look { get; init; } = Look.Natural;

    /// <summary>The arrangement of small objects in the distance; 0 means none.</summary>
    public int PropLayout { get; init; }
}

/// <summary>The camera's position at the first frame. It faces the middle of the subject unless pan and tilt turn it away.</summary>
public sealed record CameraStart
{
    /// <summary>The angle around the subject: 0 = in front, 90 = at the subject's left hand (to the right in a front view).</summary>
    public double AzimuthDegrees { get; init; } = 30;

    /// <summary>The angle above the subject's middle.</summary>
    public double ElevationDegrees { get; init; } = 10;

    /// <summary>The distance to the subject's middle in metres.</summary>
    public double Distance { get; init; } = 4.2;

    /// <summary>The field of view across the shorter side of the picture.</summary>
    public double FieldOfViewDegrees { get; init; } = 32;

    /// <summary>The angle by which the camera is turned to the right, away from the subject.</summary>
    public double PanDegrees { get; init; }

    /// <summary>The angle by which the camera is turned upwards, away from the subject.</summary>
    public double TiltDegrees { get; init; }

    /// <summary>The distance in metres between the camera and the point, to its left, where it would face the subject squarely.</summary>
    public double SidewaysOffset { get; init; }
}
