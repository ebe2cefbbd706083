using WanLab.Curation.Xray;
using WanLab.Media;

namespace WanLab.Notebooks.Media;

/// <summary>The first, the middle and the last frame of an item side by side.</summary>
internal static class XrayStrip
{
    private const int Height = 96, Gap = 2;

    /// <summary>Draws the strip.</summary>
    /// <returns>The picture as JPEG, its width and its height.</returns>
    /// <exception cref="WanLabException">The clip cannot be read.</exception>
    public static (byte[] Jpeg, int Width, int Height) Jpeg(ClipXray item, CancellationToken cancellation)
    {
        var frames = item.Frames;
        int[] shown = [.. ((int[])[frames[0], frames[frames.Count / 2], frames[^1]]).Take(frames.Count == 1 ? 1 : 3)];
        var (pixels, each) = item.ReadSmall(shown, Height, cancellation);
        var width = shown.Length * each + (shown.Length - 1) * Gap;
        var strip = new byte[width * Height * 3];
        Array.Fill(strip, (byte)128);
        for (var k = 0; k < shown.Length; k++)
            for (var y = 0; y < Height; y++)
                pixels.AsSpan((k * Height + y) * each * 3, each * 3).CopyTo(strip.AsSpan((y * width + k * (each + Gap)) * 3));
        var unfinished = Path.Combine(Path.GetTempPath(), $"wanlab-strip-{Guid.NewGuid():N}.jpg");
        try
        {
            JpegWriter.Write(unfinished, strip, width, Height);
            return (File.ReadAllBytes(unfinished), width, Height);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
