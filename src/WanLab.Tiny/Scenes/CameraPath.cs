using System.Numerics;
using WanLab.Review.Measures;

namespace WanLab.Tiny.Scenes;

/// <summary>The camera's position and direction. <paramref name="HalfWidth"/> is the tangent of half its field of view.</summary>
internal readonly record struct CameraPose(Vector3 Position, Vector3 Right, Vector3 Up, Vector3 Forward, float HalfWidth);

/// <summary>The path of the camera over time.</summary>
internal static class CameraPath
{
    /// <summary>The middle of every subject, which the camera faces.</summary>
    public static readonly Vector3 Aim = new(0, 0.5f, 0);

    private const double Nearest = 1.9;
    private const double Radians = Math.PI / 180;

    public static CameraPose At(SceneDescription scene, double seconds)
    {
        var start = scene.Start;
        var moved = scene.CameraRate * seconds;
        var azimuth = start.AzimuthDegrees + Signed(scene, moved, CameraMotion.OrbitRight, CameraMotion.OrbitLeft);
        var distance = Math.Max(Nearest,
            start.Distance * Math.Exp(Signed(scene, moved, CameraMotion.DollyOut, CameraMotion.DollyIn)));
        var aside = start.SidewaysOffset + Signed(scene, moved, CameraMotion.TruckRight, CameraMotion.TruckLeft);
        var pan = start.PanDegrees + Signed(scene, moved, CameraMotion.PanRight, CameraMotion.PanLeft);
        var tilt = start.TiltDegrees + Signed(scene, moved, CameraMotion.TiltUp, CameraMotion.TiltDown);
        var zoom = Math.Exp(Signed(scene, moved, CameraMotion.ZoomOut, CameraMotion.ZoomIn));

        var yaw = azimuth * Radians;
        var rise = start.ElevationDegrees * Radians;
        var right = new Vector3((float)Math.Cos(yaw), 0, (float)-Math.Sin(yaw));
        var away = new Vector3((float)(Math.Sin(yaw) * Math.Cos(rise)), (float)Math.Sin(rise), (float)(Math.Cos(yaw) * Math.Cos(rise)));
        var position = Aim + (float)distance * away + (float)aside * right;

        // Pan turns around the vertical axis, tilt around the camera's own horizontal axis.
        var heading = yaw - pan * Radians;
        var pitch = tilt * Radians - rise;
        right = new Vector3((float)Math.Cos(heading), 0, (float)-Math.Sin(heading));
        var forward = new Vector3((float)(-Math.Sin(heading) * Math.Cos(pitch)), (float)Math.Sin(pitch),
            (float)(-Math.Cos(heading) * Math.Cos(pitch)));
        var half = Math.Tan(start.FieldOfViewDegrees / 2 * Radians) * zoom;
        return new CameraPose(position, right, Vector3.Cross(right, forward), forward, (float)Math.Clamp(half, 0.06, 1));
    }

    private static double Signed(SceneDescription scene, double moved, CameraMotion plus, CameraMotion minus) =>
        scene.Camera == plus ? moved : scene.Camera == minus ? -moved : 0;
}
