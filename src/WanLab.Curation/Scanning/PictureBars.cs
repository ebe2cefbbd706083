using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>
/// Finds bars of one colour at the edges: rows or columns that are plain in every frame and end in a straight edge. A floor or a sky may
/// look so too, so a bar that is not black to the last level has to stand on both sides.
/// </summary>
internal static class PictureBars
{
    private const int Black = 26;
    private const double PureBlack = 3;
    private const double MostUneven = 5; // deviation of light along a plain row
    private const double MostChanging = 6; // change of its light from frame to frame
    private const double LeastStep = 10; // change of light at the edge
    private const double LeastEdge = 0.7; // share of the edge that shows such a step in some frame
    private const double LeastSize = 0.015;
    private const int MostSmeared = 10;
    private const double MostTogether = 0.8;

    /// <summary>The picture within its bars; null where there are none.</summary>
    public static PictureArea? Of(RgbClip samples)
    {
        var frames = Enumerable.Range(0, samples.Frames).Select(k => Grey(samples.Frame(k))).Where(frame =>
            frame.Max() > 2 * Black).ToList();
        if (frames.Count == 0) return null;
        var (width, height) = (samples.Width, samples.Height);
        var (top, bottom) = Pair(frames, height, width, (along, across) => along * width + across);
        var (left, right) = Pair(frames, width, height, (along, across) => across * width + along);
        if (top + bottom + left + right == 0) return null;
        return new PictureArea((double)left / width, (double)top / height, (double)(width - left - right) / width,
            (double)(height - top - bottom) / height);
    }

    // Bars at both ends of one direction; place(k, j) is the j-th pixel of the k-th line.
    private static (int First, int Last) Pair(List<byte[]> frames, int lines, int length, Func<int, int, int> place)
    {
        var (first, firstLight) = Bar(frames, lines, length, place);
        var (last, lastLight) = Bar(frames, lines, length, (k, j) => place(lines - 1 - k, j));
        if (first + last > MostTogether * lines) return (0, 0);
        // A colour other than black may belong to the picture, unless it is the same on both sides.
        var isFrame = first > 0 && last > 0 && Math.Abs(firstLight - lastLight) < MostChanging && Math.Abs(first - last) <= 0.02 * lines
            + 2;
        if (firstLight > PureBlack && !isFrame) first = 0;
        if (lastLight > PureBlack && !isFrame) last = 0;
        return (first, last);
    }

    private static (int Lines, double Light) Bar(List<byte[]> frames, int lines, int length, Func<int, int, int> place)
    {
        var count = 0;
        double light = 0;
        while (count < lines / 2 && Plain(frames, count, length, place) is { } found
            && (count == 0 || Math.Abs(found - light) < MostChanging))
            light = count++ == 0 ? found : light;
        if (count == 0 || count >= lines / 2) return (0, 0);
        // Encoders smear the edge over a few lines; the bar ends where most of a line is picture.
        var end = count;
        while (end < Math.Min(lines, count + MostSmeared) && !IsEdge(frames, end, length, place, light)) end++;
        return end < count + MostSmeared && end >= Math.Max(2, LeastSize * lines) ? (end, light) : (0, 0);
    }

    // The light of a line that is plain and the same in every frame; null for others.
    private static double? Plain(List<byte[]> frames, int line, int length, Func<int, int, int> place)
    {
        double least = 255, most = 0;
        foreach (var frame in frames)
        {
            double sum = 0, squares = 0;
            for (var j = 0; j < length; j++)
            {
                double light = frame[place(line, j)];
                sum += light;
                squares += light * light;
            }
            var mean = sum / length;
            if (squares / length - mean * mean > MostUneven * MostUneven) return null;
            (least, most) = (Math.Min(least, mean), Math.Max(most, mean));
        }
        return most - least > MostChanging ? null : (least + most) / 2;
    }

    private static bool IsEdge(List<byte[]> frames, int line, int length, Func<int, int, int> place, double light)
    {
        var edge = 0;
        for (var j = 0; j < length; j++)
            if (frames.Any(frame => Math.Abs(frame[place(line, j)] - light) > LeastStep)) edge++;
        return edge >= LeastEdge * length;
    }

    private static byte[] Grey(ReadOnlySpan<byte> frame)
    {
        var grey = new byte[frame.Length / 3];
        for (var i = 0; i < grey.Length; i++) grey[i] = (byte)((54 * frame[3 * i] + 183 * frame[3 * i + 1] + 19 * frame[3 * i + 2]
            + 128) >> 8);
        return grey;
    }
}
