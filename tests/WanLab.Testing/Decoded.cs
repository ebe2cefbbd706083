using WanLab.Media;

namespace WanLab.Testing;

/// <summary>Reads clips or images back.</summary>
public static class Decoded
{
    /// <summary>All frames of files of one size, one file after the other, as RGB24.</summary>
    public static byte[] Frames(params string[] paths)
    {
        var inputs = paths.SelectMany(p => new[] { "-i", p });
        using var process = Ffmpeg.Start("ffmpeg",
            ["-v", "error", .. inputs, "-filter_complex", $"concat=n={paths.Length}", "-vsync", "0", "-f", "rawvideo", "-pix_fmt",
                "rgb24", "-"]);
        var said = process.StandardError.ReadToEndAsync();
        using var bytes = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said.Result);
        return bytes.ToArray();
    }
}
