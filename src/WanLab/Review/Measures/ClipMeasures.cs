using WanLab.Media;

namespace WanLab.Review.Measures;

/// <summary>Simple measures of clips. Pixel values are in 0 to 1.</summary>
public static class ClipMeasures
{
    /// <summary>Peak signal-to-noise ratio of two frames or clips of the same size in decibels; infinite if they are equal.</summary>
    /// <param name="a">RGB24 bytes.</param>
    /// <param name="b">RGB24 bytes, the same number.</param>
    public static double Psnr(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length || a.IsEmpty)
            throw new WanLabException(
                $"Cannot compare {a.Length} bytes with {b.Length}: both must be the same number of frames of one size.");
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return 10 * Math.Log10(255 * 255 * (double)a.Length / sum);
    }

    /// <summary>The amount of change from frame to frame: the mean absolute difference of neighbouring frames.</summary>
    public static double MotionAmount(RgbClip clip)
    {
        var sum = 0.0;
        for (var t = 1; t < clip.Frames; t++) sum += Difference(clip.Frame(t - 1), clip.Frame(t));
        return clip.Frames < 2 ? 0 : sum / (clip.Frames - 1);
    }

    /// <summary>
    /// Flicker of the whole picture: the mean absolute second difference of the frames' mean lightness. A steady fade has none.
    /// </summary>
    public static double Flicker(RgbClip clip)
    {
        var lightness = Enumerable.Range(0, clip.Frames).Select(t => MeanOf(clip.Frame(t))).ToArray();
        var sum = 0.0;
        for (var t = 2; t < lightness.Length; t++) sum += Math.Abs(lightness[t] - 2 * lightness[t - 1] + lightness[t - 2]);
        return lightness.Length < 3 ? 0 : sum / (lightness.Length - 2);
    }

    /// <summary>Sharpness of a frame: the mean absolute difference of neighbouring pixels, across and down.</summary>
    public static double Sharpness(RgbClip clip, int frame)
    {
        var pixels = clip.Frame(frame);
        var (sum, count, row) = (0L, 0L, clip.Width * 3);
        for (var y = 0; y < clip.Height; y++)
            for (var i = y * row; i < (y + 1) * row; i++)
            {
                if (i + 3 < (y + 1) * row) (sum, count) = (sum + Math.Abs(pixels[i + 3] - pixels[i]), count + 1);
                if (y + 1 < clip.Height) (sum, count) = (sum + Math.Abs(pixels[i + row] - pixels[i]), count + 1);
            }
        return count == 0 ? 0 : sum / 255.0 / count;
    }

    /// <summary>The mean absolute difference of a frame from the one before it.</summary>
    internal static double Change(RgbClip clip, int frame) => Difference(clip.Frame(frame - 1), clip.Frame(frame));

    private static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var sum = 0L;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / 255.0 / a.Length;
    }

    private static double MeanOf(ReadOnlySpan<byte> frame)
    {
        var sum = 0L;
        foreach (var value in frame) sum += value;
        return sum / 255.0 / frame.Length;
    }
}
