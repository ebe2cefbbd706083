namespace WanLab.Curation.Motion;

/// <summary>
/// Finds where small patches of one frame are in another (Lucas and Kanade's method, from coarse to fine), at the points of a grid.
/// </summary>
internal static class PointFlow
{
    private const int Spacing = 10;
    private const int Reach = 5; // pixels from the middle of a patch to its edge
    private const int Iterations = 5;
    private const float Enough = 0.02f; // pixels: a step that small ends the search

    // The least texture of a patch, in levels of light squared for each pixel and direction.
    private const float LeastTexture = 1.2f;

    // A patch whose slopes point so much in one direction is an edge.
    private const float EdgeRatio = 0.03f;

    // The share of a patch's texture that may stay unexplained.
    private const float MostLeft = 0.35f;

    /// <summary>The motion from one frame to another at each point of the grid.</summary>
    public static FlowPoint[] Between(Pyramid first, Pyramid second)
    {
        var (width, height) = (first.Levels[0].Width, first.Levels[0].Height);
        var (columns, rows) = ((width - 2 * Reach - 2) / Spacing + 1, (height - 2 * Reach - 2) / Spacing + 1);
        var (left, top) = ((width - 1 - (columns - 1) * Spacing) / 2, (height - 1 - (rows - 1) * Spacing) / 2);
        var points = new FlowPoint[columns * rows];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var (x, y) = (left + column * Spacing, top + row * Spacing);
                var (dx, dy, isSure, normal) = Track(first, second, x, y);
                points[row * columns + column] = new FlowPoint((x - (width - 1) / 2f) / width, (y - (height - 1) / 2f) / width,
                    dx / width, dy / width, isSure) { Normal = normal };
            }
        return points;
    }

    private static (float Dx, float Dy, bool IsSure, (float X, float Y) Normal) Track(Pyramid first, Pyramid second, int x, int y)
    {
        float dx = 0, dy = 0;
        var (isSure, normal) = (false, (0f, 0f));
        for (var k = first.Levels.Count - 1; k >= 0; k--)
        {
            var scale = 1f / (1 << k);
            (dx, dy) = (2 * dx, 2 * dy);
            // The middle of a patch at half the size lies between pixels; it is moved to the next one.
            (isSure, normal) = Refine(first.Levels[k], second.Levels[k], (int)(x * scale), (int)(y * scale), ref dx, ref dy);
        }
        return (dx, dy, isSure, normal);
    }

    private static (bool IsSure, (float X, float Y) Normal) Refine(Pyramid.Level first, Pyramid.Level second, int x, int y,
        ref float dx, ref float dy)
    {
        x = Math.Clamp(x, 1, first.Width - 2);
        y = Math.Clamp(y, 1, first.Height - 2);
        int x0 = Math.Max(1, x - Reach), x1 = Math.Min(first.Width - 2, x + Reach);
        int y0 = Math.Max(1, y - Reach), y1 = Math.Min(first.Height - 2, y + Reach);
        float aa = 0, ad = 0, dd = 0;
        for (var v = y0; v <= y1; v++)
            for (var u = x0; u <= x1; u++)
            {
                var i = v * first.Width + u;
                float a = first.Across[i], d = first.Down[i];
                aa += a * a;
                ad += a * d;
                dd += d * d;
            }
        var count = (x1 - x0 + 1) * (y1 - y0 + 1);
        var root = MathF.Sqrt((aa - dd) * (aa - dd) + 4 * ad * ad);
        float weakest = 0.5f * (aa + dd - root), strongest = 0.5f * (aa + dd + root);
        if (strongest < LeastTexture * count) return (false, default); // nothing to hold on to: the coarser level's answer stays
        var isEdge = weakest < LeastTexture * count || weakest < EdgeRatio * strongest;
        // The inverse of the slopes' matrix; at an edge only its part across the edge.
        float pxx, pxy, pyy;
        var normal = (X: 0f, Y: 0f);
        if (isEdge)
        {
            var angle = 0.5f * MathF.Atan2(2 * ad, aa - dd);
            normal = (MathF.Cos(angle), MathF.Sin(angle));
            (pxx, pxy, pyy) = (normal.X * normal.X / strongest, normal.X * normal.Y / strongest, normal.Y * normal.Y / strongest);
        }
        else
        {
            var over = 1 / (aa * dd - ad * ad);
            (pxx, pxy, pyy) = (dd * over, -ad * over, aa * over);
        }
        float left = 0;
        for (var n = 0; n < Iterations; n++)
        {
            float ea = 0, ed = 0;
            left = 0;
            for (var v = y0; v <= y1; v++)
                for (var u = x0; u <= x1; u++)
                {
                    var i = v * first.Width + u;
                    var error = first.Light[i] - second.At(u + dx, v + dy);
                    ea += error * first.Across[i];
                    ed += error * first.Down[i];
                    left += error * error;
                }
            var (stepX, stepY) = (pxx * ea + pxy * ed, pxy * ea + pyy * ed);
            dx += stepX;
            dy += stepY;
            if (stepX * stepX + stepY * stepY < Enough * Enough) break;
        }
        return (left < MostLeft * Variance(first, x0, x1, y0, y1)
            && x + dx >= 0 && x + dx < first.Width && y + dy >= 0 && y + dy < first.Height, normal);
    }

    // The sum of squares around the mean of a patch.
    private static float Variance(Pyramid.Level level, int x0, int x1, int y0, int y1)
    {
        float sum = 0, squares = 0;
        for (var v = y0; v <= y1; v++)
            for (var u = x0; u <= x1; u++)
            {
                var light = level.Light[v * level.Width + u];
                sum += light;
                squares += light * light;
            }
        return squares - sum * sum / ((x1 - x0 + 1) * (y1 - y0 + 1));
    }
}
