namespace WanLab.Curation.Editing;

/// <summary>Places between frames: where a part begins is where the one before it ends.</summary>
internal static class FrameTimesEnd
{
    /// <summary>The time at which a part ends whose last frame has the number before <paramref name="end"/>.</summary>
    public static double Of(IReadOnlyList<double> times, int end) => end < times.Count ? times[end]
        : times.Count < 2 ? times[^1] : times[^1] + times[^1] / (times.Count - 1);

    /// <summary>The number of the frame that begins nearest to a time; the number of frames where the end is nearest.</summary>
    public static int Nearest(IReadOnlyList<double> times, double seconds)
    {
        var best = 0;
        for (var k = 1; k <= times.Count; k++)
            if (Math.Abs(Of(times, k) - seconds) < Math.Abs(Of(times, best) - seconds)) best = k;
        return best;
    }
}
