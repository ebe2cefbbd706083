namespace WanLab.Tiny.Scenes;

/// <summary>Redraws a finished frame as a neon sign: outlines glow in the colour of what they surround, the rest is nearly black.</summary>
internal static class NeonLook
{
    private const float Ground = 0.14f; // brightness of the picture between the lines
    private const float Gain = 3.2f;

    /// <summary>Changes a frame in place.</summary>
    /// <param name="pixels">RGB24 bytes [height, width, 3], sRGB.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    public static void Apply(Span<byte> pixels, int width, int height)
    {
        var unit = Math.Max(1, (int)Math.Round(Math.Min(width, height) / 64.0)); // lines keep their relative width at any size
        var source = new float[pixels.Length];
        for (var i = 0; i < source.Length; i++) source[i] = pixels[i] / 255f;
        var smooth = Blur(source, width, height, unit);
        var lines = Lines(smooth, width, height, unit);
        var glow = Blur(lines, width, height, 3 * unit);
        for (var i = 0; i < source.Length; i++)
        {
            var tint = (i % 3) switch { 0 => 0.7f, 1 => 0.5f, _ => 1.3f };
            pixels[i] = (byte)Math.Clamp(255 * (Ground * tint * smooth[i] + 0.85f * lines[i] + 0.7f * glow[i]) + 0.5f, 0, 255);
        }
    }

    // Strength of the edge at each pixel, in the pixel's own hue at full strength.
    private static float[] Lines(float[] image, int width, int height, int step)
    {
        var lines = new float[image.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Index(Math.Max(x - step, 0), y, width), Index(Math.Min(x + step, width - 1), y, width));
                var (up, down) = (Index(x, Math.Max(y - step, 0), width), Index(x, Math.Min(y + step, height - 1), width));
                var edge = 0f;
                for (var c = 0; c < 3; c++)
                    edge = Math.Max(edge, MathF.Sqrt(Square(image[right + c] - image[left + c]) + Square(image[down + c] - image[up + c])));
                var at = Index(x, y, width);
                var (low, high) = (Math.Min(image[at], Math.Min(image[at + 1], image[at + 2])),
                    Math.Max(image[at], Math.Max(image[at + 1], image[at + 2])));
                var strength = Math.Min(1, Gain * Math.Max(0, edge - 0.06f));
                for (var c = 0; c < 3; c++)
                {
                    // Grey objects glow in cyan.
                    var hue = high - low < 0.08f ? (c == 0 ? 0.25f : 1) : (image[at + c] - 0.8f * low) / (high - 0.8f * low);
                    lines[at + c] = strength * hue;
                }
            }
        return lines;
    }

    private static float[] Blur(float[] image, int width, int height, int reach)
    {
        // Two box blurs across and down are close enough to a Gaussian.
        for (var pass = 0; pass < 2; pass++)
            image = Box(Box(image, width, height, reach, 1, 0), width, height, reach, 0, 1);
        return image;
    }

    private static float[] Box(float[] image, int width, int height, int reach, int dx, int dy)
    {
        var result = new float[image.Length];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                var at = Index(x, y, width);
                for (var k = -reach; k <= reach; k++)
                {
                    var from = Index(Math.Clamp(x + k * dx, 0, width - 1), Math.Clamp(y + k * dy, 0, height - 1), width);
                    for (var c = 0; c < 3; c++) result[at + c] += image[from + c];
                }
                for (var c = 0; c < 3; c++) result[at + c] /= 2 * reach + 1;
            }
        return result;
    }

    private static int Index(int x, int y, int width) => (y * width + x) * 3;

    private static float Square(float x) => x * x;
}
