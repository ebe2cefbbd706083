namespace WanLab.Media;

/// <summary>The frames of a clip in memory.</summary>
/// <param name="Pixels">RGB24 bytes [frames, height, width, 3], sRGB.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
public sealed record RgbClip(byte[] Pixels, int Width, int Height)
{
    /// <summary>Number of frames.</summary>
    public int Frames => Pixels.Length / FrameBytes;

    private int FrameBytes => Width * Height * 3;

    /// <summary>Reads all frames of a clip or image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Width to scale and cut to; null keeps the file's size.</param>
    /// <param name="height">Height to scale and cut to; null keeps the file's size.</param>
    /// <exception cref="WanLabException">The file is missing or unreadable.</exception>
    public static RgbClip Read(string path, int? width = null, int? height = null)
    {
        var info = VideoProbe.Probe(path);
        var (w, h) = (width ?? info.Width, height ?? info.Height);
        var pixels = VideoReader.ReadFrames(path, [.. Enumerable.Range(0, info.FrameCount)], FrameFit.Cover(info.Width, info.Height, w, h),
            info);
        return new RgbClip(pixels, w, h);
    }

    /// <summary>One frame as RGB24 bytes [height, width, 3].</summary>
    public ReadOnlySpan<byte> Frame(int index) => Pixels.AsSpan(index * FrameBytes, FrameBytes);

    /// <summary>A copy of <paramref name="frames"/> frames, starting at <paramref name="from"/>.</summary>
    public RgbClip Part(int from, int frames) => this with { Pixels = Pixels.AsSpan(from * FrameBytes, frames * FrameBytes).ToArray() };
}
