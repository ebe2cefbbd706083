using WanLab.Media;

namespace WanLab.Curation.Tests.Editing;

/// <summary>Small clips whose every frame is another picture, in the forms that people have.</summary>
internal static class EditClips
{
    /// <summary>Makes a clip of noise that drifts over a coloured ramp.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="rate">Frames a second.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="output">Arguments of the encoder, filters included.</param>
    public static string Make(string path, int frames, string rate = "24", string size = "160x96", params string[] output)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string[] codec = output.Length > 0 ? output : ["-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p", "-bf", "2", "-g", "12"];
        var (exitCode, _, errors) = Ffmpeg.Run("ffmpeg",
        [
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=size={size}:rate={rate}", "-frames:v", $"{frames}",
            .. codec, "-threads", "2", path,
        ]);
        Assert.True(exitCode == 0, errors);
        return path;
    }

    /// <summary>Frames as training would read them at the clip's own size.</summary>
    public static byte[] Read(string path, IReadOnlyList<int> frames, PictureCut? cut = null)
    {
        var facts = VideoProbe.Probe(path);
        var (w, h) = cut is { } part ? (part.Width, part.Height) : (facts.Width, facts.Height);
        return VideoReader.ReadFrames(path, frames, new FrameFit(w, h, 0, 0, w, h) { Cut = cut }, facts);
    }

    /// <summary>
    /// Compares brightness pixel by pixel, and the tint of all: colours of half the size are blurred, but a wrong matrix or range would
    /// shift them.
    /// </summary>
    public static void AssertClose(byte[] a, byte[] b, double most = 2)
    {
        Assert.Equal(a.Length, b.Length);
        double[] shift = new double[3];
        var error = 0.0;
        for (var k = 0; k < a.Length; k += 3)
        {
            for (var c = 0; c < 3; c++) shift[c] += (b[k + c] - a[k + c]) * 3.0 / a.Length;
            error += Math.Abs(Luma(a, k) - Luma(b, k)) * 3 / a.Length;
        }
        Assert.InRange(error, 0, most);
        Assert.All(shift, each => Assert.InRange(Math.Abs(each), 0, 1.5));
    }

    private static double Luma(byte[] pixels, int k) => 0.2126 * pixels[k] + 0.7152 * pixels[k + 1] + 0.0722 * pixels[k + 2];
}
