namespace WanLab.Review.Measures;

/// <summary>
/// The displacement of each pixel for each way a camera can move, on a typical stage: a level floor, a subject about as
/// high as wide in the middle of it, and nothing close behind it. This is the stage of WanLab's scenes; other pictures of a
/// subject on the ground are similar enough to distinguish the motions.
/// </summary>
/// <remarks>
/// First order of a pinhole camera (Longuet-Higgins and Prazdny 1980). With X, Y the tangents across and down, and d
/// the subject's distance over the pixel's depth: pan (-(1+X^2), -XY), tilt (XY, 1+Y^2), zoom (X, Y), truck (-d, 0), dolly (dX, dY).
/// </remarks>
internal static class StageGeometry
{
    /// <summary>Number of motions of a basis, in this order: pan right, tilt up, zoom in, truck right, dolly in.</summary>
    public const int Motions = 5;

    private const double FieldOfViewDegrees = 32.5;
    private const double Distance = 4.2;
    private const double ElevationDegrees = 10.5;
    private const double TiltDegrees = 1;
    private const double SubjectRadius = 0.42;
    private const double SubjectHeight = 1.05;
    private const double AimHeight = 0.5;

    /// <summary>
    /// Displacements in pixels for a motion of 1: [Motions, 2 (across, down), height * width]. Angles in radians, zoom and dolly
    /// as logarithms, truck in subject distances.
    /// </summary>
    public static float[,][] Basis(int width, int height)
    {
        var basis = new float[Motions, 2][];
        for (var k = 0; k < Motions; k++)
            for (var axis = 0; axis < 2; axis++) basis[k, axis] = new float[width * height];
        var half = Math.Tan(FieldOfViewDegrees / 2 * Math.PI / 180);
        var pixel = 2 * half / Math.Min(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (tx, ty) = ((x + 0.5 - width / 2.0) * pixel, (y + 0.5 - height / 2.0) * pixel);
                var near = Nearness(tx, ty);
                (double Across, double Down)[] motions =
                    [(-(1 + tx * tx), -tx * ty), (tx * ty, 1 + ty * ty), (tx, ty), (-near, 0), (near * tx, near * ty)];
                for (var k = 0; k < Motions; k++)
                {
                    basis[k, 0][y * width + x] = (float)(motions[k].Across / pixel);
                    basis[k, 1][y * width + x] = (float)(motions[k].Down / pixel);
                }
            }
        return basis;
    }

    // The subject's distance divided by the depth of the point that the ray meets: 0 for the sky.
    private static double Nearness(double tx, double ty)
    {
        var rise = ElevationDegrees * Math.PI / 180;
        var pitch = TiltDegrees * Math.PI / 180 - rise;
        var (height, back) = (AimHeight + Distance * Math.Sin(rise), Distance * Math.Cos(rise));
        // The ray per unit of depth: forward + tx right - ty up.
        var (rx, ry, rz) = (tx, Math.Sin(pitch) - ty * Math.Cos(pitch), -Math.Cos(pitch) - ty * Math.Sin(pitch));
        var depth = ry < 0 ? -height / ry : double.PositiveInfinity;
        var (a, b, c) = (rx * rx + rz * rz, back * rz, back * back - SubjectRadius * SubjectRadius);
        if (b * b - a * c is > 0 and var inside)
        {
            var hit = (-b - Math.Sqrt(inside)) / a;
            var at = height + hit * ry;
            if (at is > 0 and < SubjectHeight) depth = Math.Min(depth, hit);
        }
        return Distance / depth;
    }
}
