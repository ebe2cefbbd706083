namespace WanLab.Curation.Tests;

/// <summary>
/// A large picture of leaves that cover each other, of many sizes: as sharp and as rich in detail as a photograph. The same seed gives
/// the same picture.
/// </summary>
internal sealed class LeafPicture
{
    public const int Width = 1200, Height = 700;

    private readonly byte[] _pixels = new byte[Width * Height * 3];

    public LeafPicture(int seed, double light = 1)
    {
        var random = new Random(seed);
        for (var leaf = 0; leaf < 2600; leaf++)
        {
            // Few large ones first, so that small ones lie on top.
            var radius = leaf < 60 ? 60 + random.Next(120) : leaf < 500 ? 16 + random.Next(40) : 4 + random.Next(14);
            var (cx, cy) = (random.Next(-radius, Width + radius), random.Next(-radius, Height + radius));
            var (stretch, angle) = (0.4 + random.NextDouble(), random.NextDouble() * Math.PI);
            var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
            double[] colour = [random.Next(20, 235), random.Next(20, 235), random.Next(20, 235)];
            var (slope, isSquare) = ((random.NextDouble() - 0.5) * 60 / radius, random.Next(3) == 0);
            for (var y = Math.Max(0, cy - radius); y < Math.Min(Height, cy + radius); y++)
                for (var x = Math.Max(0, cx - radius); x < Math.Min(Width, cx + radius); x++)
                {
                    double u = (x - cx) * cos + (y - cy) * sin, v = ((y - cy) * cos - (x - cx) * sin) / stretch;
                    if (isSquare ? Math.Max(Math.Abs(u), Math.Abs(v)) > radius * 0.7 : u * u + v * v > radius * radius) continue;
                    for (var c = 0; c < 3; c++)
                        _pixels[(y * Width + x) * 3 + c] = (byte)Math.Clamp((colour[c] + slope * u) * light, 0, 255);
                }
        }
    }

    /// <summary>The colour at a place, between pixels; outside, that of the edge.</summary>
    public double At(double x, double y, int channel)
    {
        x = Math.Clamp(x, 0, Width - 1.001);
        y = Math.Clamp(y, 0, Height - 1.001);
        int left = (int)x, top = (int)y;
        double a = x - left, b = y - top;
        var i = (top * Width + left) * 3 + channel;
        return (_pixels[i] * (1 - a) + _pixels[i + 3] * a) * (1 - b)
            + (_pixels[i + Width * 3] * (1 - a) + _pixels[i + Width * 3 + 3] * a) * b;
    }
}
