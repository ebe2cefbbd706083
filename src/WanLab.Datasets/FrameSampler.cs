using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>Picks the frames of a clip that make an item. Pure functions: randomness is passed in as a number.</summary>
internal static class FrameSampler
{
    /// <summary>The frame rate at which Wan 2.2 A14B learned motion.</summary>
    public const double ModelFps = 16;

    /// <summary>Frames spread evenly over the whole clip: round(i (frameCount - 1) / (count - 1)), halves to even.</summary>
    public static int[] Uniform(int frameCount, int count)
    {
        var indices = new int[count];
        for (var i = 1; i < count; i++) indices[i] = (int)Math.Round((double)i * (frameCount - 1) / (count - 1));
        return indices;
    }

    /// <summary>
    /// Frames spread evenly over the whole clip: by number, or by time where the clip's rate varies, so that motion keeps one speed.
    /// </summary>
    public static int[] Uniform(MediaFacts info, int count) =>
        !info.IsVariable || count < 2 ? Uniform(info.FrameCount, count)
            : [.. Enumerable.Range(0, count).Select(i => Nearest(info.FrameTimes, i * info.Span / (count - 1)))];

    /// <summary>
    /// The frame shown nearest to each time <paramref name="start"/> + i / 16 s; of two that are equally near, the earlier one.
    /// </summary>
    public static int[] Window(IReadOnlyList<double> frameTimes, int count, double start)
    {
        var indices = new int[count];
        for (var i = 0; i < count; i++) indices[i] = Nearest(frameTimes, start + i / ModelFps);
        return indices;
    }

    /// <summary>The start in seconds of a native window, for <paramref name="u"/> in [0, 1).</summary>
    internal static double NativeStart(MediaFacts info, int count, double u) => u * Math.Max(0, info.Span - WindowSpan(count));

    /// <summary>
    /// The number of windows of <paramref name="count"/> frames at 16 fps that fit in the clip without overlap; window k starts at
    /// k count / 16 s.
    /// </summary>
    internal static int ChunkCount(MediaFacts info, int count) =>
        FitsWindow(info, count) ? 1 + (int)Math.Floor((info.Span + Slack(info) - WindowSpan(count)) * ModelFps / count) : 0;

    /// <summary>
    /// The speed of the motion, relative to reality, when the frames are played at 16 fps: the time they span in the clip
    /// divided by the time they span in the model. 1 for a single frame.
    /// </summary>
    public static double Speed(MediaFacts info, IReadOnlyList<int> indices) =>
        indices.Count < 2 ? 1 : (info.FrameTimes[indices[^1]] - info.FrameTimes[indices[0]]) / WindowSpan(indices.Count);

    /// <summary>
    /// Text that says why a clip cannot give an item of <paramref name="count"/> frames and what would help; null if it can.
    /// </summary>
    internal static string? WhyNot(MediaFacts info, FrameSampling sampling, int count)
    {
        if (sampling == FrameSampling.Uniform)
        {
            if (info.FrameCount >= count) return null;
            return $"has {info.FrameCount} frames, num_frames asks for {count}. "
                + $"Use a longer clip or num_frames {ClipSize.FramesAtMost(info.FrameCount)}; frames are never repeated to fill up.";
        }
        if (FitsWindow(info, count)) return null;
        var holds = 1 + (int)Math.Floor((info.Span + Slack(info)) * ModelFps);
        return FormattableString.Invariant($"lasts {info.Duration:0.##} s, {count} frames at 16 fps need {count / ModelFps:0.##} s. ")
            + $"Use a longer clip or num_frames {ClipSize.FramesAtMost(holds)}, or frame_sampling: " +
            "uniform where the speed of motion does not matter.";
    }

    private static double WindowSpan(int count) => (count - 1) / ModelFps;

    private static bool FitsWindow(MediaFacts info, int count) => info.Span + Slack(info) >= WindowSpan(count);

    // The last frame is still the nearest one until half a frame's time after it.
    private static double Slack(MediaFacts info) => info.FrameCount < 2 ? 0 : 0.5 * info.Span / (info.FrameCount - 1);

    // Containers round times to a millisecond: two frames that would be equally near without that rounding are a tie.
    private const double Tie = 0.001;

    private static int Nearest(IReadOnlyList<double> times, double time)
    {
        int low = 0, high = times.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[middle] < time) low = middle + 1;
            else high = middle;
        }
        // times[low] is the first time that is not before the given one, if there is any.
        return low > 0 && time - times[low - 1] <= times[low] - time + Tie ? low - 1 : low;
    }
}
