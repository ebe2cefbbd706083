namespace WanLab.Encodings;

/// <summary>Windows of a clip, each the numbers of its frames in ascending order.</summary>
internal static class FrameNumbers
{
    /// <summary>Compares windows by their frame numbers.</summary>
    public static IEqualityComparer<int[]> Same { get; } = new Comparer();

    /// <summary>
    /// Groups windows so that one pass of the decoder serves a group: neighbours, with at most <paramref name="most"/> frames from the
    /// first to the last. A window that is longer is a group of its own.
    /// </summary>
    public static IEnumerable<IReadOnlyList<int[]>> Near(IEnumerable<int[]> windows, int most)
    {
        var group = new List<int[]>();
        var last = 0;
        foreach (var frames in windows.OrderBy(frames => frames[0]).ThenBy(frames => frames[^1]))
        {
            if (group.Count > 0 && Math.Max(last, frames[^1]) - group[0][0] >= most)
            {
                yield return group;
                group = [];
                last = 0;
            }
            group.Add(frames);
            last = Math.Max(last, frames[^1]);
        }
        if (group.Count > 0) yield return group;
    }

    /// <summary>The pixels of a window out of those of more frames.</summary>
    /// <param name="pixels">The pixels of all frames, one after another.</param>
    /// <param name="all">The numbers of those frames, ascending.</param>
    /// <param name="frames">The numbers of the window's frames, all among them.</param>
    public static byte[] Cut(byte[] pixels, int[] all, int[] frames)
    {
        var size = pixels.Length / all.Length;
        var cut = new byte[checked(size * frames.Length)];
        for (var k = 0; k < frames.Length; k++)
            pixels.AsSpan(Array.BinarySearch(all, frames[k]) * size, size).CopyTo(cut.AsSpan(k * size));
        return cut;
    }

    private sealed class Comparer : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            foreach (var frame in obj) hash.Add(frame);
            return hash.ToHashCode();
        }
    }
}
