namespace WanLab.Curation.Motion;

/// <summary>Names what a camera does.</summary>
internal static class CameraKind
{
    // Slower than this, as the mean motion of the picture in widths a second, is a camera that stands still.
    private const double Slowest = 0.008;

    // The mean distance of the picture's places from its centre, in widths, for 16:9.
    private const double MeanDistance = 0.28;

    // In an orbit what is near moves against what is far, or at most this part of its speed with it.
    private const double MostTogether = 0.3;

    /// <summary>The move, its speed in its own unit, its size as the picture's mean motion in widths a second, and how much larger it is
    /// than the next one, from 0 to 1.</summary>
    public static (CameraMove Move, double Speed, double Size, double Margin) Of(CameraField field, double height)
    {
        var m = field.Model;
        var difference = m.Far - m.Near; // positive: the camera circles to its right
        var isOrbit = m.Horizon is not null && Math.Abs(m.Far) > Slowest && Math.Abs(difference) > Slowest
            && (Math.Sign(m.Far) != Math.Sign(m.Near) || Math.Abs(m.Near) < MostTogether * Math.Abs(m.Far));
        var across = Math.Abs(m.Near) > Math.Abs(m.Far) ? m.Near : m.Far;
        var growth = Math.Abs(m.NearGrowth) > Math.Abs(m.FarGrowth) ? m.NearGrowth : m.FarGrowth;
        (CameraMove Move, double Speed, double Size)[] moves =
        [
            (across > 0 ? CameraMove.PanLeft : CameraMove.PanRight, Math.Abs(across), isOrbit ? 0 : Math.Abs(across)),
            (difference > 0 ? CameraMove.OrbitRight : CameraMove.OrbitLeft, Math.Abs(difference), isOrbit ? Math.Abs(m.Far) : 0),
            (m.Down > 0 ? CameraMove.TiltUp : CameraMove.TiltDown, Math.Abs(m.Down) / height, Math.Abs(m.Down)),
            (growth > 0 ? CameraMove.ZoomIn : CameraMove.ZoomOut, Math.Abs(growth), Math.Abs(growth) * MeanDistance),
            (m.Turn > 0 ? CameraMove.RollLeft : CameraMove.RollRight, Math.Abs(m.Turn) * 180 / Math.PI, Math.Abs(m.Turn) * MeanDistance),
        ];
        var sorted = moves.OrderByDescending(move => move.Size).ToList();
        var (first, second) = (sorted[0], sorted[1]);
        if (first.Size < Slowest) return (CameraMove.Still, 0, 0, 1 - first.Size / Slowest);
        return (first.Move, first.Speed, first.Size, 1 - second.Size / first.Size);
    }
}
