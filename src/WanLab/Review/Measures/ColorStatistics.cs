using WanLab.Media;

namespace WanLab.Review.Measures;

/// <summary>Statistics of the colours of some frames; all from 0 to 1.</summary>
/// <param name="Lightness">Mean of the pixels' lightness (the mean of their channels).</param>
/// <param name="Contrast">Standard deviation of the pixels' lightness.</param>
/// <param name="Chroma">Mean difference of a pixel's strongest and weakest channel.</param>
/// <param name="Dark">Share of pixels with a lightness below 0.25.</param>
public sealed record ColorStatistics(double Lightness, double Contrast, double Chroma, double Dark)
{
    private const double DarkBelow = 0.25;

    /// <summary>Computes the statistics of frames <paramref name="from"/> and later.</summary>
    public static ColorStatistics Of(RgbClip clip, int from = 0)
    {
        var (sum, squares, chroma, dark) = (0.0, 0.0, 0.0, 0L);
        var pixels = clip.Pixels.AsSpan(from * clip.Width * clip.Height * 3);
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (r, g, b) = (pixels[i] / 255.0, pixels[i + 1] / 255.0, pixels[i + 2] / 255.0);
            var lightness = (r + g + b) / 3;
            sum += lightness;
            squares += lightness * lightness;
            chroma += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
            if (lightness < DarkBelow) dark++;
        }
        var count = pixels.Length / 3.0;
        var mean = sum / count;
        return new ColorStatistics(mean, Math.Sqrt(Math.Max(0, squares / count - mean * mean)), chroma / count, dark / count);
    }

    /// <summary>The mean of several statistics.</summary>
    public static ColorStatistics Mean(IReadOnlyList<ColorStatistics> all) =>
        new(all.Average(s => s.Lightness), all.Average(s => s.Contrast), all.Average(s => s.Chroma), all.Average(s => s.Dark));

    /// <summary>The distance between two statistics: the root of the summed squares.</summary>
    public double Distance(ColorStatistics other) => Math.Sqrt(
        Math.Pow(Lightness - other.Lightness, 2) + Math.Pow(Contrast - other.Contrast, 2) + Math.Pow(Chroma - other.Chroma,
            2) + Math.Pow(Dark - other.Dark, 2));
}
