using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Captioner;

/// <summary>The pictures of a clip that a model sees.</summary>
internal static class ClipPictures
{
    // A model of 28-pixel patches needs this, or a flat price a picture, whichever is more.
    private const int Patch = 28, LeastTokens = 255;

    /// <summary>Number of pictures of a clip: as many as are asked for, if it has them.</summary>
    public static int Count(MediaFacts facts, int frames) => Math.Min(facts.FrameCount, frames);

    /// <summary>Width and height of the pictures.</summary>
    public static (int Width, int Height) Size(MediaFacts facts, int longestSide)
    {
        var scale = Math.Min(1, (double)longestSide / Math.Max(facts.Width, facts.Height));
        return (Math.Max(2, (int)Math.Round(facts.Width * scale)), Math.Max(2, (int)Math.Round(facts.Height * scale)));
    }

    /// <summary>Tokens that a picture costs, about; servers differ.</summary>
    public static int Tokens(MediaFacts facts, int longestSide)
    {
        var (width, height) = Size(facts, longestSide);
        return Math.Max(LeastTokens, (width + Patch - 1) / Patch * ((height + Patch - 1) / Patch));
    }

    /// <summary>Reads frames, spread evenly over the clip, as JPEG files.</summary>
    /// <exception cref="WanLabException">The clip cannot be read.</exception>
    public static IReadOnlyList<byte[]> Read(string clip, MediaFacts facts, int frames, int longestSide, CancellationToken cancellation)
    {
        var (width, height) = Size(facts, longestSide);
        var numbers = FrameSampler.Uniform(facts, Count(facts, frames));
        var pixels = VideoReader.ReadFrames(clip, numbers, FrameFit.Cover(facts.Width, facts.Height, width, height), facts,
            cancellation: cancellation);
        return JpegWriter.Encode(pixels, width, height);
    }
}
