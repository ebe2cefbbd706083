using WanLab.Media;

namespace WanLab.Notebooks.Media;

/// <summary>Frames of a clip side by side in one picture, with a line in the middle of each, against which motion is seen.</summary>
internal static class FrameStrip
{
    /// <summary>Number of frames in a strip.</summary>
    public const int Frames = 5;

    private const int FrameWidth = 160, Gap = 4, Dash = 6;

    /// <summary>Draws a strip.</summary>
    /// <param name="file">The clip.</param>
    /// <param name="seconds">The time of the last frame; the first is at 0.</param>
    /// <param name="fps">Frames a second; null: those of the file.</param>
    /// <param name="withMarks">Whether a line is drawn in the middle of each frame.</param>
    /// <returns>The strip as a JPEG.</returns>
    /// <exception cref="WanLabException">The clip is unreadable.</exception>
    public static byte[] Jpeg(string file, double seconds, double? fps = null, bool withMarks = true)
    {
        var facts = VideoProbe.Probe(file);
        var height = Math.Max(2, (int)Math.Round(FrameWidth * facts.Height / (double)facts.Width / 2) * 2);
        var rate = fps ?? facts.Fps;
        int[] indices =
        [
            .. Enumerable.Range(0, Frames).Select(k =>
                Math.Min(facts.FrameCount - 1, (int)Math.Round(k * seconds * rate / (Frames - 1)))),
        ];
        var pixels = VideoReader.ReadFrames(file, indices, FrameFit.Cover(facts.Width, facts.Height, FrameWidth, height), facts);
        var clip = new RgbClip(pixels, FrameWidth, height);
        var width = Frames * FrameWidth + (Frames - 1) * Gap;
        var strip = new byte[width * height * 3];
        Array.Fill(strip, (byte)255);
        for (var k = 0; k < Frames; k++)
            for (var y = 0; y < height; y++)
            {
                var row = strip.AsSpan(((y * width) + k * (FrameWidth + Gap)) * 3, FrameWidth * 3);
                clip.Frame(k).Slice(y * FrameWidth * 3, FrameWidth * 3).CopyTo(row);
                if (withMarks && y / Dash % 2 == 0) row.Slice(FrameWidth / 2 * 3, 3).Fill(255);
            }
        var unfinished = Path.Combine(Path.GetTempPath(), $"wanlab-strip-{Guid.NewGuid():N}.jpg");
        try
        {
            JpegWriter.Write(unfinished, strip, width, height);
            return File.ReadAllBytes(unfinished);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
