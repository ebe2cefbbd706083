using WanLab.Media;

namespace WanLab.Review.Measures;

/// <summary>Blurs every frame of a clip with a Gaussian of a given width; edges are repeated.</summary>
internal static class FrameBlur
{
    /// <summary>Returns the blurred values from 0 to 1, [frames, height, width, 3].</summary>
    public static float[] Apply(RgbClip clip, double sigma)
    {
        var reach = (int)(3 * sigma + 0.5);
        var kernel = Enumerable.Range(-reach, 2 * reach + 1).Select(x => (float)Math.Exp(-0.5 * x * x / (sigma * sigma))).ToArray();
        var sum = kernel.Sum();
        for (var k = 0; k < kernel.Length; k++) kernel[k] /= sum;

        var size = clip.Width * clip.Height * 3;
        var result = new float[clip.Frames * size];
        var across = new float[size];
        for (var t = 0; t < clip.Frames; t++)
        {
            var frame = clip.Frame(t);
            var to = result.AsSpan(t * size, size);
            for (var i = 0; i < size; i++) to[i] = frame[i] / 255f;
            Along(to, across, clip.Width, clip.Height, kernel, 1, 0);
            Along(across, to, clip.Width, clip.Height, kernel, 0, 1);
        }
        return result;
    }

    private static void Along(ReadOnlySpan<float> from, Span<float> to, int width, int height, float[] kernel, int dx, int dy)
    {
        var reach = kernel.Length / 2;
        to.Clear();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var k = -reach; k <= reach; k++)
                {
                    var at = Math.Clamp(y + k * dy, 0, height - 1) * width + Math.Clamp(x + k * dx, 0, width - 1);
                    var (i, j, share) = ((y * width + x) * 3, at * 3, kernel[k + reach]);
                    to[i] += share * from[j];
                    to[i + 1] += share * from[j + 1];
                    to[i + 2] += share * from[j + 2];
                }
    }
}
