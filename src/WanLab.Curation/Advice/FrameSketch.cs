using WanLab.Media;

namespace WanLab.Curation.Advice;

/// <summary>A picture in a few pixels: enough to tell scenes apart, with nothing that was learned.</summary>
/// <param name="Pixels">RGB24 bytes, [side, side, 3].</param>
internal sealed record FrameSketch(byte[] Pixels)
{
    /// <summary>Pixels of a side.</summary>
    public const int Side = 12;

    // Strict, so that a doubt counts as another scene: variety is then overrated rather than a good set blamed.
    private const double SameLayout = 0.9, SameColour = 0.08;

    /// <summary>Mean brightness, from 0 to 1.</summary>
    public double Lightness => Luma.Average();

    /// <summary>Mean difference of a pixel's strongest and weakest colour, from 0 to 1.</summary>
    public double Chroma => Enumerable.Range(0, Side * Side).Average(k =>
        (Math.Max(Pixels[3 * k], Math.Max(Pixels[3 * k + 1], Pixels[3 * k + 2]))
            - Math.Min(Pixels[3 * k], Math.Min(Pixels[3 * k + 1], Pixels[3 * k + 2]))) / 255.0);

    /// <summary>Standard deviation of the brightness.</summary>
    public double Contrast => Math.Sqrt(Luma.Average(value => value * value) - Math.Pow(Lightness, 2) is var square and > 0 ? square : 0);

    private double[] Luma { get; } =
        [.. Enumerable.Range(0, Side * Side).Select(k =>
            (0.2126 * Pixels[3 * k] + 0.7152 * Pixels[3 * k + 1] + 0.0722 * Pixels[3 * k + 2]) / 255)];

    /// <summary>Sketches a frame near the start of a clip, past a fade; it takes a moment's decoding, however long the clip is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="first">Number of the first frame of the part that is looked at.</param>
    /// <param name="end">Number of the frame after its last one.</param>
    /// <param name="cancellation">Ends the decoder.</param>
    /// <exception cref="WanLabException">The clip cannot be read.</exception>
    public static FrameSketch Of(string path, MediaFacts facts, int first, int end, CancellationToken cancellation)
    {
        const int deepest = 24;
        var frame = first + Math.Min((end - first) / 4, deepest);
        return new FrameSketch(VideoReader.ReadFrames(path, [frame], new FrameFit(Side, Side, 0, 0, Side, Side), facts,
            cancellation: cancellation));
    }

    /// <summary>Whether two pictures show one scene, perhaps mirrored.</summary>
    public bool IsLike(FrameSketch other)
    {
        var colour = Enumerable.Range(0, 3).Max(c => Math.Abs(Mean(c) - other.Mean(c)));
        return colour < SameColour && Math.Max(Correlation(Luma, other.Luma), Correlation(Luma, Mirrored(other.Luma))) > SameLayout;
    }

    /// <summary>The distance between the looks of two pictures: brightness, contrast and strength of colour.</summary>
    public double LookDistance(FrameSketch other) => Math.Sqrt(Math.Pow(Lightness - other.Lightness, 2)
        + Math.Pow(Contrast - other.Contrast, 2) + Math.Pow(Chroma - other.Chroma, 2));

    private double Mean(int channel) => Enumerable.Range(0, Side * Side).Average(k => Pixels[3 * k + channel] / 255.0);

    private static double[] Mirrored(double[] luma) =>
        [.. Enumerable.Range(0, Side * Side).Select(k => luma[k / Side * Side + Side - 1 - k % Side])];

    // Pictures without any contrast are alike.
    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        double product = 0, squareA = 0, squareB = 0;
        for (var k = 0; k < a.Length; k++)
        {
            var (x, y) = (a[k] - meanA, b[k] - meanB);
            (product, squareA, squareB) = (product + x * y, squareA + x * x, squareB + y * y);
        }
        const double flat = 1e-4;
        return squareA < flat || squareB < flat ? squareA < flat && squareB < flat ? 1 : 0 : product / Math.Sqrt(squareA * squareB);
    }
}
