namespace WanLab.Media;

/// <summary>
/// The way in which a picture is brought to a size: scaled to <c>ScaleWidth x ScaleHeight</c>, then cut to <c>Width x Height</c> at (X, Y).
/// </summary>
internal sealed record FrameFit(int ScaleWidth, int ScaleHeight, int X, int Y, int Width, int Height)
{
    /// <summary>The part of the picture, in pixels as shown, that is cut out before all that; null for the whole picture.</summary>
    public PictureCut? Cut { get; init; }

    /// <summary>The smallest scaling that covers the target size, cut to it around the centre.</summary>
    /// <param name="sourceWidth">Width of the picture as shown.</param>
    /// <param name="sourceHeight">Height of the picture as shown.</param>
    /// <param name="width">Target width.</param>
    /// <param name="height">Target height.</param>
    public static FrameFit Cover(int sourceWidth, int sourceHeight, int width, int height)
    {
        // Exact integers: the side that decides the scale gets exactly the target length, the other is rounded up.
        long w = width, h = height;
        var byWidth = w * sourceHeight >= h * sourceWidth;
        var scaleWidth = byWidth ? width : (int)((h * sourceWidth + sourceHeight - 1) / sourceHeight);
        var scaleHeight = byWidth ? (int)((w * sourceHeight + sourceWidth - 1) / sourceWidth) : height;
        return new FrameFit(scaleWidth, scaleHeight, (scaleWidth - width) / 2, (scaleHeight - height) / 2, width, height);
    }
}

/// <summary>A part of a picture, in pixels as shown; all numbers are even.</summary>
internal readonly record struct PictureCut(int X, int Y, int Width, int Height)
{
    /// <summary>The filters that cut it out of pictures that are shown at a size.</summary>
    public IEnumerable<string> Filters(MediaFacts facts)
    {
        // Stored pixels need not be square; where they are, the first filter passes frames on as they are.
        yield return $"scale={facts.Width}:{facts.Height}:flags=bicubic+accurate_rnd+full_chroma_int";
        yield return $"crop={Width}:{Height}:{X}:{Y}";
    }
}
