namespace WanLab.Media;

/// <summary>
/// The way in which a picture is brought to a size: scaled to <c>ScaleWidth x ScaleHeight</c>, then cut to <c>Width x Height</c> at (X, Y).
/// </summary>
internal sealed record FrameFit(int ScaleWidth, int ScaleHeight, int X, int Y, int Width, int Height)
{
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
