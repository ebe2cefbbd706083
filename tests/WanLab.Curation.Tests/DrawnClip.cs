using System.Diagnostics;

namespace WanLab.Curation.Tests;

/// <summary>The place of the camera in a drawn clip.</summary>
/// <param name="X">Place in the picture, in pixels to the right of its middle.</param>
/// <param name="Y">Pixels below its middle.</param>
/// <param name="Zoom">1 shows 480 pixels of it across; 2 shows 240.</param>
/// <param name="Turn">Radians by which the camera is turned clockwise.</param>
internal readonly record struct View(double X = 0, double Y = 0, double Zoom = 1, double Turn = 0);

/// <summary>A clip drawn from a picture by a moving camera, with the faults that a test plants.</summary>
internal sealed class DrawnClip
{
    public int Width { get; init; } = 320;
    public int Height { get; init; } = 180;
    public double Seconds { get; init; } = 2;
    public double Fps { get; init; } = 16;
    public required LeafPicture Picture { get; init; }

    /// <summary>The camera at a time in seconds.</summary>
    public Func<double, View> Camera { get; init; } = _ => new View(0);

    /// <summary>Deviation of the noise in each pixel.</summary>
    public double Noise { get; init; }

    /// <summary>Changes a frame after it is drawn: pixels [height, width, 3], its time in seconds and its number.</summary>
    public Action<byte[], double, int>? Change { get; init; }

    public int Frames => (int)Math.Round(Seconds * Fps);

    /// <summary>All frames, RGB24.</summary>
    public byte[] Draw()
    {
        var random = new Random(7);
        var all = new byte[Frames * Width * Height * 3];
        var frame = new byte[Width * Height * 3];
        for (var k = 0; k < Frames; k++)
        {
            DrawFrame(frame, Camera(k / Fps));
            Change?.Invoke(frame, k / Fps, k);
            if (Noise > 0)
                for (var i = 0; i < frame.Length; i++)
                    frame[i] = (byte)Math.Clamp(frame[i] + Noise * (random.NextDouble() + random.NextDouble()
                        + random.NextDouble() - 1.5) * 2,
                        0, 255);
            frame.CopyTo(all, k * frame.Length);
        }
        return all;
    }

    /// <summary>Writes the clip with an encoder of ffmpeg.</summary>
    public void Encode(string file, params string[] options)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{Width}x{Height}", "-r",
                FormattableString.Invariant($"{Fps}"),
            "-i", "pipe:0", "-pix_fmt", "yuv420p", .. options, file,
        ]) { RedirectStandardInput = true })!;
        process.StandardInput.BaseStream.Write(Draw());
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void DrawFrame(byte[] frame, View view)
    {
        var scale = 480 / view.Zoom / Width;
        var (cos, sin) = (Math.Cos(view.Turn) * scale, Math.Sin(view.Turn) * scale);
        var (centreX, centreY) = (LeafPicture.Width / 2 + view.X, LeafPicture.Height / 2 + view.Y);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                double u = x - Width / 2.0, v = y - Height / 2.0;
                var (px, py) = (centreX + u * cos - v * sin, centreY + u * sin + v * cos);
                for (var c = 0; c < 3; c++) frame[(y * Width + x) * 3 + c] = (byte)(Picture.At(px, py, c) + 0.5);
            }
    }
}
