using WanLab.Curation.Scanning;

namespace WanLab.Curation.Motion;

/// <summary>The frames of a clip, small and grey.</summary>
/// <param name="Pixels">Light from 0 to 255, [frames, height, width].</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Times">Seconds after the first frame: [frames].</param>
internal sealed record GreyClip(byte[] Pixels, int Width, int Height, IReadOnlyList<double> Times)
{
    /// <summary>Number of frames.</summary>
    public int Frames => Times.Count;

    /// <summary>Seconds between two frames, on average; 0 for a single frame.</summary>
    public double Step => Frames < 2 ? 0 : Times[^1] / (Frames - 1);

    /// <summary>A part of the picture of all frames.</summary>
    public GreyClip Part(PictureArea area)
    {
        var (x, y) = ((int)Math.Ceiling(area.X * Width), (int)Math.Ceiling(area.Y * Height));
        var (width, height) = ((int)(area.Width * Width), (int)(area.Height * Height));
        var pixels = new byte[Frames * width * height];
        for (var k = 0; k < Frames; k++)
            for (var row = 0; row < height; row++)
                Frame(k).Slice((y + row) * Width + x, width).CopyTo(pixels.AsSpan((k * height + row) * width));
        return new GreyClip(pixels, width, height, Times);
    }

    /// <summary>One frame, [height, width].</summary>
    public ReadOnlySpan<byte> Frame(int index) => Pixels.AsSpan(index * Width * Height, Width * Height);
}
