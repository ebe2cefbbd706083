using WanLab.Content;
using WanLab.Datasets;

namespace WanLab.Encodings;

/// <summary>Builds cache keys for the pixels of an item.</summary>
internal static class ClipKey
{
    /// <summary>
    /// A key of everything that the pixels depend on: the file's bytes, frames, scale, crop, mirroring and conversion. Callers add the
    /// encoder's own parts to it.
    /// </summary>
    /// <param name="kind">Kind of content, such as "latents/1".</param>
    /// <param name="clip">The item.</param>
    /// <param name="frames">Frame numbers of the item.</param>
    /// <param name="hashes">File hashes of this run.</param>
    /// <exception cref="WanLabException">The clip cannot be read.</exception>
    public static CacheKey Of(string kind, Clip clip, IReadOnlyList<int> frames, FileHashes hashes)
    {
        var fit = clip.Bucket.Fit(clip.Info);
        var key = new CacheKey(kind)
            .With("clip", hashes.Of(clip.Path))
            .With("frames", frames)
            .With("fit", [fit.ScaleWidth, fit.ScaleHeight, fit.X, fit.Y, fit.Width, fit.Height])
            .With("flip_x", clip.FlipX)
            .With("flip_y", clip.FlipY);
        // Version 0.1.0 knew no conversions; what needs none keeps its key.
        return clip.Info.Conversion is { } conversion ? key.With("conversion", conversion.Key) : key;
    }
}
