using WanLab.Media;

namespace WanLab.Tiny.Experiments;

/// <summary>Places frames of clips side by side in one picture, for comparing checkpoints.</summary>
internal static class FrameGrid
{
    private const int Gap = 4; // between groups
    private const byte Paper = 255;

    /// <summary>Writes a .png with one row per list of clips; a row holds the chosen frames of one clip after the other.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="rows">Clips of one size; every row has the same number.</param>
    /// <param name="frames">Indices of the frames to show from each clip.</param>
    /// <param name="scale">Whole number by which pixels are enlarged.</param>
    /// <exception cref="WanLabException">Clips differ in size, or a frame is missing.</exception>
    public static void Write(string path, IReadOnlyList<IReadOnlyList<RgbClip>> rows, IReadOnlyList<int> frames, int scale = 1)
    {
        var (w, h) = (rows[0][0].Width, rows[0][0].Height);
        if (rows.SelectMany(row => row).FirstOrDefault(
            clip => (clip.Width, clip.Height) != (w, h) || clip.Frames <= frames.Max()) is { } odd)
            throw new WanLabException($"Cannot write '{path}': a clip of {odd.Frames} frames of {odd.Width}x{odd.Height} does not fit " +
                $"among clips of {w}x{h} with frame {frames.Max() + 1}.");
        var columns = rows[0].Count;
        var width = columns * frames.Count * w * scale + (columns - 1) * Gap;
        var height = rows.Count * h * scale + (rows.Count - 1) * Gap;
        var picture = new byte[width * height * 3];
        Array.Fill(picture, Paper);
        for (var r = 0; r < rows.Count; r++)
            for (var c = 0; c < columns; c++)
                for (var f = 0; f < frames.Count; f++)
                    Place(rows[r][c].Frame(frames[f]), (c * frames.Count + f) * w * scale + c * Gap, r * (h * scale + Gap));
        PngWriter.Write(path, picture, width, height);

        void Place(ReadOnlySpan<byte> frame, int left, int top)
        {
            for (var y = 0; y < h * scale; y++)
                for (var x = 0; x < w * scale; x++)
                    frame.Slice((y / scale * w + x / scale) * 3, 3).CopyTo(picture.AsSpan(((top + y) * width + left + x) * 3));
        }
    }
}
