namespace WanLab.Review.Measures;

/// <summary>The motions of a camera. Left and right, up and down are those of the camera.</summary>
public enum CameraMotion
{
    /// <summary>The camera stands still.</summary>
    Static,

    /// <summary>The camera turns to the left: the picture moves right. Rate in degrees a second.</summary>
    PanLeft,

    /// <summary>The camera turns to the right: the picture moves left. Rate in degrees a second.</summary>
    PanRight,

    /// <summary>The camera turns upwards: the picture moves down. Rate in degrees a second.</summary>
    TiltUp,

    /// <summary>The camera turns downwards: the picture moves up. Rate in degrees a second.</summary>
    TiltDown,

    /// <summary>The camera moves towards the subject. Rate: natural logarithm of the distance, a second.</summary>
    DollyIn,

    /// <summary>The camera moves away from the subject. Rate: natural logarithm of the distance, a second.</summary>
    DollyOut,

    /// <summary>The camera moves sideways to the left: near things move right faster than far ones. Rate in metres a second.</summary>
    TruckLeft,

    /// <summary>The camera moves sideways to the right. Rate in metres a second.</summary>
    TruckRight,

    /// <summary>The lens narrows its field of view. Rate: natural logarithm of the focal length, a second.</summary>
    ZoomIn,

    /// <summary>The lens widens its field of view. Rate: natural logarithm of the focal length, a second.</summary>
    ZoomOut,

    /// <summary>The camera circles the subject, moving to its own left and always facing the subject. Rate in degrees a second.</summary>
    OrbitLeft,

    /// <summary>The camera circles the subject, moving to its own right and always facing the subject. Rate in degrees a second.</summary>
    OrbitRight,
}

/// <summary>The usual rates of camera motions.</summary>
internal static class CameraMotions
{
    /// <summary>The usual rate of a camera motion, in its own unit; 0 for a static camera.</summary>
    public static double UsualRate(this CameraMotion motion) => motion switch
    {
        CameraMotion.Static => 0,
        CameraMotion.PanLeft or CameraMotion.PanRight => 9,
        CameraMotion.TiltUp or CameraMotion.TiltDown => 6.5,
        CameraMotion.DollyIn or CameraMotion.DollyOut => 0.26,
        CameraMotion.TruckLeft or CameraMotion.TruckRight => 0.8,
        CameraMotion.ZoomIn or CameraMotion.ZoomOut => 0.28,
        CameraMotion.OrbitLeft or CameraMotion.OrbitRight => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(motion)),
    };
}
