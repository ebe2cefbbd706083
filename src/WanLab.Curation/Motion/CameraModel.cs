namespace WanLab.Curation.Motion;

/// <summary>
/// The motion that a camera gives to the places of a picture, in widths a second. What is far moves by the turns of the camera alone;
/// what is near, below a horizon, also by its travel, the more the nearer it is.
/// </summary>
/// <param name="Horizon">Height from which on things are nearer, in widths below the centre; null if all is equally far.</param>
/// <param name="Edge">The lower edge, in widths below the centre.</param>
/// <param name="Values">Motion to the right, motion downwards, growth and clockwise turn of the whole, then motion to the right and
/// growth at the lower edge beyond that.</param>
internal sealed record CameraModel(double? Horizon, double Edge, double[] Values)
{
    /// <summary>A camera that stands still.</summary>
    public static CameraModel Still { get; } = new(null, 0, new double[4]);

    /// <summary>Motion to the right of what is far.</summary>
    public double Far => Values[0];

    /// <summary>Motion to the right at the lower edge.</summary>
    public double Near => Values[0] + (Horizon is null ? 0 : Values[4]);

    /// <summary>Motion downwards at the centre.</summary>
    public double Down => Values[1];

    /// <summary>Growth a second of what is far.</summary>
    public double FarGrowth => Values[2];

    /// <summary>Growth a second at the lower edge.</summary>
    public double NearGrowth => Values[2] + (Horizon is null ? 0 : Values[5]);

    /// <summary>Clockwise turn of the picture, in radians a second.</summary>
    public double Turn => Values[3];

    /// <summary>The distance of a point's motion from this one, in widths a second.</summary>
    public double Distance(in FlowPoint point)
    {
        Span<double> across = stackalloc double[Values.Length], down = stackalloc double[Values.Length];
        Terms(point, Horizon, Edge, across, down);
        double x = point.Dx, y = point.Dy;
        for (var k = 0; k < Values.Length; k++)
        {
            x -= Values[k] * across[k];
            y -= Values[k] * down[k];
        }
        return point.Seen(x, y);
    }

    /// <summary>The values that fit points best in weighted squares; null where the points do not decide them.</summary>
    public static CameraModel? Fit(IReadOnlyList<FlowPoint> points, double[] weights, double? horizon, double edge)
    {
        var count = horizon is null ? 4 : 6;
        var normal = new double[count, count + 1];
        Span<double> across = stackalloc double[count], down = stackalloc double[count];
        double all = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var weight = weights[i];
            if (weight == 0) continue;
            all += weight;
            Terms(points[i], horizon, edge, across, down);
            var point = points[i];
            double dx = point.Dx, dy = point.Dy;
            if (point.IsEdge)
            {
                // Only the part across the edge counts.
                dx = dx * point.Normal.X + dy * point.Normal.Y;
                dy = 0;
                for (var k = 0; k < count; k++)
                    (across[k], down[k]) = (across[k] * point.Normal.X + down[k] * point.Normal.Y, 0);
            }
            for (var k = 0; k < count; k++)
            {
                for (var l = 0; l < count; l++) normal[k, l] += weight * (across[k] * across[l] + down[k] * down[l]);
                normal[k, count] += weight * (across[k] * dx + down[k] * dy);
            }
        }
        // A little pull to nothing, so that near and far share what either could explain.
        for (var k = 0; k < count; k++) normal[k, k] += (k < 4 ? 1e-6 : 1e-4) * all;
        return Solve(normal, count) is { } values ? new CameraModel(horizon, edge, values) : null;
    }

    private static void Terms(in FlowPoint p, double? horizon, double edge, Span<double> across, Span<double> down)
    {
        (across[0], down[0]) = (1, 0);
        (across[1], down[1]) = (0, 1);
        (across[2], down[2]) = (p.X, p.Y);
        (across[3], down[3]) = (-p.Y, p.X);
        if (horizon is not { } level) return;
        var nearness = Math.Max(0, p.Y - level) / (edge - level);
        (across[4], down[4]) = (nearness, 0);
        (across[5], down[5]) = (nearness * p.X, nearness * (p.Y - level));
    }

    // Gauss's elimination with the largest pivot.
    private static double[]? Solve(double[,] system, int count)
    {
        for (var column = 0; column < count; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < count; row++)
                if (Math.Abs(system[row, column]) > Math.Abs(system[pivot, column])) pivot = row;
            if (Math.Abs(system[pivot, column]) < 1e-12) return null;
            for (var k = 0; k <= count; k++) (system[column, k], system[pivot, k]) = (system[pivot, k], system[column, k]);
            for (var row = 0; row < count; row++)
            {
                if (row == column) continue;
                var factor = system[row, column] / system[column, column];
                for (var k = column; k <= count; k++) system[row, k] -= factor * system[column, k];
            }
        }
        var values = new double[count];
        for (var k = 0; k < count; k++) values[k] = system[k, count] / system[k, k];
        return values;
    }
}
