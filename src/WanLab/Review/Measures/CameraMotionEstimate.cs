namespace WanLab.Review.Measures;

/// <summary>The motion of a clip's camera, measured from its pictures. Rates are per second, and signed.</summary>
/// <param name="Pan">Degrees; right is positive.</param>
/// <param name="Tilt">Degrees; up is positive.</param>
/// <param name="Zoom">Natural logarithm of the focal length; in is positive.</param>
/// <param name="Truck">Sideways, as the degrees that the subject's distance spans; right is positive.</param>
/// <param name="Dolly">Natural logarithm of the distance; in is positive.</param>
/// <param name="Residual">Share of the frames' differences that the motion does not explain, 0 to 1.</param>
public sealed record CameraMotionEstimate(double Pan, double Tilt, double Zoom, double Truck, double Dolly, double Residual)
{
    // A camera that does less than this share of the usual rate counts as standing still: in captions, shares start at 0.4.
    private const double Still = 0.2;
    private const double UsualDistance = 4.2;

    /// <summary>
    /// Degrees a second around the subject, to the camera's right. Orbiting is trucking while panning the other way at the same
    /// rate; only their common part counts, so that one without the other is no orbit.
    /// </summary>
    public double OrbitRate => Pan * Truck >= 0 ? 0 : Math.Sign(Truck) * Math.Min(Math.Abs(Pan), Math.Abs(Truck));

    /// <summary>The mean of several estimates.</summary>
    public static CameraMotionEstimate Mean(IReadOnlyList<CameraMotionEstimate> all) => new(all.Average(m => m.Pan),
        all.Average(m => m.Tilt), all.Average(m => m.Zoom), all.Average(m => m.Truck), all.Average(m => m.Dolly),
        all.Average(m => m.Residual));

    /// <summary>The strongest motion, in units of its usual rate.</summary>
    public CameraMotion Kind()
    {
        // The part that makes up the orbit counts neither as pan nor as truck.
        var (pan, truck) = (Pan + OrbitRate, Truck - OrbitRate);
        (double Amount, CameraMotion Plus, CameraMotion Minus)[] all =
        [
            (pan / CameraMotion.PanRight.UsualRate(), CameraMotion.PanRight, CameraMotion.PanLeft),
            (Tilt / CameraMotion.TiltUp.UsualRate(), CameraMotion.TiltUp, CameraMotion.TiltDown),
            (Zoom / CameraMotion.ZoomIn.UsualRate(), CameraMotion.ZoomIn, CameraMotion.ZoomOut),
            (truck / (CameraMotion.TruckRight.UsualRate() / UsualDistance * 180 / Math.PI), CameraMotion.TruckRight,
                CameraMotion.TruckLeft),
            (Dolly / CameraMotion.DollyIn.UsualRate(), CameraMotion.DollyIn, CameraMotion.DollyOut),
            (OrbitRate / CameraMotion.OrbitRight.UsualRate(), CameraMotion.OrbitRight, CameraMotion.OrbitLeft),
        ];
        var most = all.MaxBy(motion => Math.Abs(motion.Amount));
        return Math.Abs(most.Amount) < Still ? CameraMotion.Static : most.Amount > 0 ? most.Plus : most.Minus;
    }
}
