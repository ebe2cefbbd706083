using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>A size, in pixels, that items are trained at.</summary>
public sealed record Bucket(int Width, int Height)
{
    /// <summary>The scaling and cropping that bring a clip to this size.</summary>
    internal FrameFit Fit(MediaFacts info) => FrameFit.Cover(info.Width, info.Height, Width, Height);

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}";
}

/// <summary>
/// Chooses one size for each clip: sides divisible by 16, an area of at most the resolution's square, a shape close to the clip's,
/// and never larger than the clip.
/// </summary>
internal static class Bucketing
{
    /// <summary>
    /// The bucket of the largest resolution that the clip fills; the clip's own size cut to multiples of 16 if it fills none;
    /// null if a side is below 16 pixels.
    /// </summary>
    public static Bucket? Choose(int width, int height, IReadOnlyList<int> resolutions)
    {
        if (width < ClipSize.SideStep || height < ClipSize.SideStep) return null;
        foreach (var resolution in resolutions.OrderDescending())
            if (Filled(width, height, resolution) is { } bucket) return bucket;
        return new Bucket(width / ClipSize.SideStep * ClipSize.SideStep, height / ClipSize.SideStep * ClipSize.SideStep);
    }

    // The ideal sides are rarely multiples of 16. Of the four ways to round them, this takes the one nearest in shape
    // (the least is cut away) that keeps to the area and that the clip fills.
    private static Bucket? Filled(int width, int height, int resolution)
    {
        var scale = resolution / Math.Sqrt((double)width * height) / ClipSize.SideStep;
        Bucket? best = null;
        var bestDistance = double.PositiveInfinity;
        foreach (var w in Neighbours(width * scale))
        {
            foreach (var h in Neighbours(height * scale))
            {
                if (w > width || h > height || (long)w * h > (long)resolution * resolution) continue;
                var distance = Math.Abs(Math.Log((double)w * height / ((double)h * width)));
                var isLarger = best is not null && w * h > best.Width * best.Height;
                if (distance > bestDistance + 1e-9 || (distance > bestDistance - 1e-9 && !isLarger)) continue;
                (best, bestDistance) = (new Bucket(w, h), Math.Min(distance, bestDistance));
            }
        }
        return best;
    }

    private static IEnumerable<int> Neighbours(double steps)
    {
        // Rounding noise must not turn an exact 24 into 23 and 25.
        var below = Math.Max(1, (int)Math.Floor(steps + 1e-6));
        var above = Math.Max(1, (int)Math.Ceiling(steps - 1e-6));
        return below == above ? [below * ClipSize.SideStep] : [below * ClipSize.SideStep, above * ClipSize.SideStep];
    }
}
