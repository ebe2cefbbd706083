using WanLab.Content;
using WanLab.Datasets;

namespace WanLab.Encodings;

/// <summary>Names the pixels of an item.</summary>
internal static class ClipKey
{
    /// <summary>
    /// A key of everything the pixels depend on: the file's bytes, frames, scale, crop and mirroring. Add the encoder's own parts
    /// to it.
    /// </summary>
    /// <param name="kind">What is stored, such as "latents/1".</param>
    /// <param name="clip">The item.</param>
    /// <param name="frames">Its frame numbers.</param>
    /// <param name="hashes">Hashes of this run.</param>
    /// <exception cref="WanLabException">The clip can not be read.</exception>
    public static CacheKey Of(string kind, Clip clip, IReadOnlyList<int> frames, FileHashes hashes)
    {
        var fit = clip.Bucket.Fit(clip.Info);
        return new CacheKey(kind)
            .With("clip", hashes.Of(clip.Path))
            .With("frames", frames)
            .With("fit", [fit.ScaleWidth, fit.ScaleHeight, fit.X, fit.Y, fit.Width, fit.Height])
            .With("flip_x", clip.FlipX)
            .With("flip_y", clip.FlipY);
    }
}
