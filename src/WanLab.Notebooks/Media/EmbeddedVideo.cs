using WanLab.Media;
using WanLab.Sampling;

namespace WanLab.Notebooks.Media;

/// <summary>A clip in the form that goes into a page: H.264 in .mp4 that every browser plays, and its first frame as a poster.</summary>
/// <param name="Mp4">The clip.</param>
/// <param name="Poster">Its first frame as .jpg; empty for none.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Frames">Number of frames.</param>
internal sealed record EmbeddedVideo(byte[] Mp4, byte[] Poster, int Width, int Height, int Frames)
{
    private const int PosterSide = 384;
    private static readonly (int Side, int Quality)[] Smaller = [(640, 23), (480, 28), (320, 32), (192, 36)];

    /// <summary>Bytes that the clip and its poster take in a page.</summary>
    public long Bytes => Mp4.Length + Poster.Length;

    /// <summary>
    /// Brings a clip into this form. WanLab's own previews are taken as they are; anything else, and what is larger than
    /// <paramref name="most"/> bytes, is encoded again, ever smaller until it fits.
    /// </summary>
    /// <param name="file">The clip.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="asItIs">Whether WanLab wrote it.</param>
    /// <param name="poster">Whether its first frame is wanted. Without one, a preview of WanLab's needs no other program.</param>
    /// <exception cref="WanLabException">The clip cannot be read, or does not fit at the smallest size.</exception>
    public static EmbeddedVideo Of(string file, long most, bool asItIs, bool poster = true)
    {
        if (!poster && asItIs && new FileInfo(file) is { Exists: true } small && small.Length <= most
            && SizeOf(file) is var (wide, high, count))
            return new EmbeddedVideo(File.ReadAllBytes(file), [], wide, high, count);
        var info = VideoProbe.Probe(file);
        var folder = Directory.CreateTempSubdirectory("wanlab-video-");
        try
        {
            var first = poster ? PosterOf(file, info, folder.FullName) : [];
            if (asItIs && new FileInfo(file).Length <= most)
                return new EmbeddedVideo(File.ReadAllBytes(file), first, info.Width, info.Height, info.FrameCount);
            foreach (var (side, quality) in Smaller)
            {
                var (w, h) = Fit(info, side);
                var clip = RgbClip.Read(file, w, h);
                var smaller = Path.Combine(folder.FullName, "small.mp4");
                Mp4Writer.Write(smaller, clip.Pixels, w, h, Math.Min(info.Fps, 60), quality);
                if (new FileInfo(smaller).Length <= most) return new EmbeddedVideo(File.ReadAllBytes(smaller), first, w, h, clip.Frames);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        throw new WanLabException($"{file}: {Numbers.Of(info.FrameCount, "frame")} do not fit into {Numbers.Size(most)} even at " +
            $"{Smaller[^1].Side} pixels; open the file itself.");
    }

    /// <summary>The last frame of a clip as .jpg.</summary>
    /// <exception cref="WanLabException">The clip cannot be read.</exception>
    public static byte[] StillOf(string file)
    {
        var info = VideoProbe.Probe(file);
        var folder = Directory.CreateTempSubdirectory("wanlab-video-");
        try
        {
            return PictureOf(file, info, folder.FullName, info.FrameCount - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The record next to a preview says what it was made as.
    private static (int Width, int Height, int Frames)? SizeOf(string file)
    {
        try
        {
            var video = SampleFiles.Read(file).Request.Video;
            return (video.Width, video.Height, video.NumFrames);
        }
        catch (WanLabException)
        {
            return null; // without a readable record, the clip itself is asked
        }
    }

    private static byte[] PosterOf(string file, MediaFacts info, string folder) => PictureOf(file, info, folder, 0);

    private static byte[] PictureOf(string file, MediaFacts info, string folder, int frame)
    {
        var (w, h) = Fit(info, PosterSide);
        var picture = Path.Combine(folder, "poster.jpg");
        JpegWriter.Write(picture, VideoReader.ReadFrames(file, [frame], FrameFit.Cover(info.Width, info.Height, w, h), info), w, h);
        return File.ReadAllBytes(picture);
    }

    // Scales so that the longer side has at most this many pixels; both sides are even, as H.264 needs them.
    private static (int, int) Fit(MediaFacts info, int side)
    {
        var scale = Math.Min(1.0, (double)side / Math.Max(info.Width, info.Height));
        return (Even(info.Width * scale), Even(info.Height * scale));
    }

    private static int Even(double value) => Math.Max(2, (int)Math.Round(value / 2) * 2);
}
