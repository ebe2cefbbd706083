namespace WanLab.Media;

/// <summary>The times at which frames are shown, from what the decoder knows of them.</summary>
internal static class FrameClock
{
    // Share of the frames that must have times for these to be believed over the rate in the header.
    private const double Believed = 0.5;

    // Deviation from an even rate, in frames, from which on even frame numbers are not even times.
    private const double MostUneven = 0.5;

    // Containers round times to a millisecond.
    private const double Rounding = 0.0011;

    /// <summary>
    /// Seconds after the first frame, ascending, and the average rate. A missing time, or one that does not ascend, follows from its
    /// neighbours. Where most are missing the rate decides, and where the header's does not fit frames and duration, that of those.
    /// </summary>
    /// <param name="known">Time of each frame, null where the decoder knows none.</param>
    /// <param name="declared">Frames per second by the header; 0 where it says none.</param>
    /// <param name="duration">Seconds by the header; 0 where it says none.</param>
    public static (double[] Times, double Fps) Of(IReadOnlyList<double?> known, double declared, double duration)
    {
        var rate = declared > 0 ? declared : 1;
        if (known.Count == 1) return (new double[1], rate);
        var kept = Ascending(known);
        if (kept.Count < 2 || kept.Count < Believed * known.Count)
        {
            if (duration > 0 && Math.Abs(known.Count / rate - duration) > 0.1 * duration) rate = known.Count / duration;
            return ([.. Enumerable.Range(0, known.Count).Select(k => k / rate)], rate);
        }
        var times = Filled(known, kept);
        return (times, (times.Length - 1) / times[^1]);
    }

    /// <summary>Whether even frame numbers are so far from even times that motion would change its speed.</summary>
    public static bool IsVariable(IReadOnlyList<double> times)
    {
        var step = times.Count < 3 ? 0 : times[^1] / (times.Count - 1);
        return step > 0 && times.Where((time, k) => Math.Abs(time - k * step) > MostUneven * step + Rounding).Any();
    }

    /// <summary>The middle one of the times between frames; 0 for a single frame.</summary>
    public static double MiddleStep(IReadOnlyList<double> times) =>
        times.Count < 2 ? 0 : times.Skip(1).Zip(times, (after, before) => after - before).Order().ElementAt((times.Count - 1) / 2);

    // The longest ascending row of known times (by patience sorting): it leaves out as few as possible.
    private static List<int> Ascending(IReadOnlyList<double?> known)
    {
        var ends = new List<int>();
        var before = new int[known.Count];
        for (var k = 0; k < known.Count; k++)
        {
            if (known[k] is not { } time || !double.IsFinite(time)) continue;
            int low = 0, high = ends.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (known[ends[middle]] < time) low = middle + 1;
                else high = middle;
            }
            before[k] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count) ends.Add(k);
            else ends[low] = k;
        }
        var row = new List<int>();
        for (var k = ends.Count == 0 ? -1 : ends[^1]; k >= 0; k = before[k]) row.Add(k);
        row.Reverse();
        return row;
    }

    private static double[] Filled(IReadOnlyList<double?> known, List<int> kept)
    {
        var steps = kept.Zip(kept.Skip(1), (a, b) => (known[b]!.Value - known[a]!.Value) / (b - a)).Order().ToList();
        var step = steps[steps.Count / 2];
        var times = new double[known.Count];
        for (var k = 0; k < kept[0]; k++) times[k] = known[kept[0]]!.Value - (kept[0] - k) * step;
        foreach (var (a, b) in kept.Zip(kept.Skip(1)))
            for (var k = a; k < b; k++)
                times[k] = known[a]!.Value + (known[b]!.Value - known[a]!.Value) * (k - a) / (b - a);
        for (var k = kept[^1]; k < times.Length; k++) times[k] = known[kept[^1]]!.Value + (k - kept[^1]) * step;
        var first = times[0];
        for (var k = 0; k < times.Length; k++) times[k] -= first;
        return times;
    }
}
