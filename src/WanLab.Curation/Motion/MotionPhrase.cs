namespace WanLab.Curation.Motion;

/// <summary>A camera's move as words for a caption.</summary>
internal static class MotionPhrase
{
    /// <summary>The words, such as "slow pan left"; empty where nothing moves.</summary>
    /// <param name="move">The move.</param>
    /// <param name="speed">Its speed, in its own unit.</param>
    /// <param name="moves">Whether anything in the clip moves.</param>
    public static string Of(CameraMove move, double speed, bool moves) => move switch
    {
        CameraMove.Still => moves ? "static camera" : "",
        CameraMove.Shake => "handheld shake",
        _ => Pace(move, speed) + Name(move),
    };

    /// <summary>The move's name.</summary>
    public static string Name(CameraMove move) => move switch
    {
        CameraMove.PanLeft => "pan left",
        CameraMove.PanRight => "pan right",
        CameraMove.TiltUp => "tilt up",
        CameraMove.TiltDown => "tilt down",
        CameraMove.RollLeft => "roll left",
        CameraMove.RollRight => "roll right",
        CameraMove.ZoomIn => "zoom in",
        CameraMove.ZoomOut => "zoom out",
        CameraMove.OrbitLeft => "orbit left",
        CameraMove.OrbitRight => "orbit right",
        CameraMove.Shake => "shake",
        _ => "still",
    };

    private static string Pace(CameraMove move, double speed)
    {
        var (slow, fast) = move switch
        {
            CameraMove.RollLeft or CameraMove.RollRight => (4.0, 20.0),
            CameraMove.ZoomIn or CameraMove.ZoomOut => (0.06, 0.3),
            _ => (0.07, 0.35),
        };
        return speed < slow ? "slow " : speed > fast ? "fast " : "";
    }
}
