using System.Buffers.Binary;
using System.Text;
using WanLab.Media;

namespace WanLab.Tests.Media;

/// <summary>Clips in which every frame shows its own number: eight bars, white for a set bit, bit 0 at the left.</summary>
public static class BarClips
{
    public const int Width = 128;
    public const int Height = 64;
    private const int Bits = 8;

    public static readonly string[] H264WithBFrames = ["-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-bf", "3", "-g", "12",
        "-pix_fmt", "yuv420p"];
    public static readonly string[] Vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"];
    public static readonly string[] Mpeg4 = ["-c:v", "mpeg4", "-q:v", "2"];

    public static string Make(string path, int frames, string rate, params string[] codec) =>
        Make(path, frames, rate, Width, Height, codec);

    public static string Make(string path, int frames, string rate, int width, int height, string[] codec)
    {
        using var process = Ffmpeg.Start("ffmpeg",
            ["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{width}x{height}", "-r", rate, "-i", "pipe:0",
                .. codec, path],
            writesInput: true);
        var errors = process.StandardError.ReadToEndAsync();
        using (var input = process.StandardInput.BaseStream)
        {
            for (var i = 0; i < frames; i++) input.Write(Frame(i, width, height));
        }
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return path;
    }

    public static void Convert(params string[] arguments)
    {
        var (exitCode, _, errors) = Ffmpeg.Run("ffmpeg", ["-nostdin", "-v", "error", "-y", .. arguments]);
        Assert.True(exitCode == 0, errors);
    }

    /// <summary>Reads frames of a file as its facts say.</summary>
    internal static byte[] Read(string path, IReadOnlyList<int> indices, FrameFit fit, bool flipX = false, bool flipY = false) =>
        VideoReader.ReadFrames(path, indices, fit, VideoProbe.Probe(path), flipX, flipY);

    /// <summary>The numbers that frames of RGB24 bytes show.</summary>
    public static int[] Numbers(byte[] rgb, int width, int height)
    {
        var frameBytes = width * height * 3;
        Assert.Equal(0, rgb.Length % frameBytes);
        var numbers = new int[rgb.Length / frameBytes];
        for (var f = 0; f < numbers.Length; f++)
        {
            for (var bit = 0; bit < Bits; bit++)
            {
                var x = (2 * bit + 1) * width / (2 * Bits);
                if (rgb[f * frameBytes + (height / 2 * width + x) * 3] > 127) numbers[f] |= 1 << bit;
            }
        }
        return numbers;
    }

    /// <summary>Writes a rotation by 90 degrees into the track header of an mp4.</summary>
    public static void Rotate(string mp4)
    {
        var bytes = File.ReadAllBytes(mp4);
        var header = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("tkhd"));
        var matrix = bytes.AsSpan(header + 4 + 40, 36);
        int[] quarterTurn = [0, 1 << 16, 0, -(1 << 16), 0, 0, Height << 16, 0, 1 << 30];
        for (var i = 0; i < 9; i++) BinaryPrimitives.WriteInt32BigEndian(matrix[(4 * i)..], quarterTurn[i]);
        File.WriteAllBytes(mp4, bytes);
    }

    private static byte[] Frame(int number, int width, int height)
    {
        var frame = new byte[width * height];
        for (var i = 0; i < frame.Length; i++)
            frame[i] = (byte)((number >> (i % width * Bits / width) & 1) == 1 ? 255 : 0);
        return frame;
    }
}
