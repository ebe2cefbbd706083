using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>Frames of a clip next to each other in one picture, for contact sheets that play without a decoder.</summary>
internal static class ClipStrip
{
    /// <summary>Names the form of the picture in keys of cached content.</summary>
    public const string Version = "clip strip/1";

    /// <summary>Names the form of the single picture in keys of cached content.</summary>
    public const string MiddleVersion = "clip middle/1";

    private const int LongerSide = 256;

    /// <summary>Writes the frame in the middle alone, as a JPEG: hundreds of strips would be too much to show at once.</summary>
    public static void WriteMiddle(string file, RgbClip frames) => Write(file, frames.Part(frames.Frames / 2, 1));

    /// <summary>Writes the picture as a JPEG.</summary>
    public static void Write(string file, RgbClip frames)
    {
        var scale = Math.Min(1, (double)LongerSide / Math.Max(frames.Width, frames.Height));
        var (width, height) = (Math.Max(1, (int)(frames.Width * scale)), Math.Max(1, (int)(frames.Height * scale)));
        var strip = new byte[width * frames.Frames * height * 3];
        for (var k = 0; k < frames.Frames; k++)
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    Mean(frames, k, x, y, width, height, strip.AsSpan(((y * frames.Frames + k) * width + x) * 3, 3));
        JpegWriter.Write(file, strip, width * frames.Frames, height);
    }

    private static void Mean(RgbClip frames, int k, int x, int y, int width, int height, Span<byte> pixel)
    {
        var frame = frames.Frame(k);
        int x0 = x * frames.Width / width, x1 = Math.Max(x0 + 1, (x + 1) * frames.Width / width);
        int y0 = y * frames.Height / height, y1 = Math.Max(y0 + 1, (y + 1) * frames.Height / height);
        for (var c = 0; c < 3; c++)
        {
            var sum = 0;
            for (var v = y0; v < y1; v++)
                for (var u = x0; u < x1; u++) sum += frame[(v * frames.Width + u) * 3 + c];
            pixel[c] = (byte)(sum / ((x1 - x0) * (y1 - y0)));
        }
    }
}
