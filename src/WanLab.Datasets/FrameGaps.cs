using WanLab.Media;

namespace WanLab.Datasets;

/// <summary>
/// Frames that cannot be decoded: a short gap is filled by its neighbours, a long one would be trained on as a standstill.
/// </summary>
internal static class FrameGaps
{
    /// <summary>Seconds from which on a gap is long: four frames of the model.</summary>
    private const double Long = 4 / FrameSampler.ModelFps;

    /// <summary>Text that says why gaps leave no item of a clip; null where they do.</summary>
    public static string? WhyNot(MediaFacts info, FrameSampling sampling, int count)
    {
        var gaps = LongGaps(info).ToList();
        if (gaps.Count == 0 || count == 1) return null;
        if (sampling == FrameSampling.Head && !gaps.Exists(gap => gap.From < Window(count))) return null;
        if (sampling == FrameSampling.Chunks && FreeChunks(info, count).Any()) return null;
        return Place(gaps) + ", and those are to be trained on. Export the clip again, or cut it to the part before or after.";
    }

    /// <summary>A sentence about the chunks of a clip that its gaps leave out, where there are any.</summary>
    public static IEnumerable<string> Skipped(Clip clip)
    {
        if (clip.Sampling != FrameSampling.Chunks || clip.NumFrames == 1) yield break;
        var all = FrameSampler.ChunkCount(clip.Info, clip.NumFrames);
        var skipped = all - FreeChunks(clip.Info, clip.NumFrames).Count();
        if (skipped > 0)
            yield return FormattableString.Invariant($"{skipped} of its {all} chunks {(skipped == 1 ? "is" : "are")} left out: ")
                + $"{Place([.. LongGaps(clip.Info)])}.";
    }

    /// <summary>Whether the item is a chunk with a long gap in it.</summary>
    public static bool Touch(Clip clip) =>
        clip.Sampling == FrameSampling.Chunks && clip.NumFrames > 1 && !IsFree(clip.Info, clip.NumFrames, clip.Chunk);

    private static string Place(IReadOnlyList<MediaGap> gaps) =>
        FormattableString.Invariant($"its frames between {gaps[0].From:0.##} s and {gaps[0].To:0.##} s ")
            + (gaps.Count > 1 ? "and at other places cannot be decoded" : "cannot be decoded");

    private static IEnumerable<MediaGap> LongGaps(MediaFacts info) => info.Gaps.Where(gap => gap.To - gap.From >= Long);

    private static IEnumerable<int> FreeChunks(MediaFacts info, int count) =>
        Enumerable.Range(0, FrameSampler.ChunkCount(info, count)).Where(chunk => IsFree(info, count, chunk));

    private static bool IsFree(MediaFacts info, int count, int chunk)
    {
        var start = chunk * count / FrameSampler.ModelFps;
        return LongGaps(info).All(gap => gap.To <= start || gap.From >= start + Window(count));
    }

    private static double Window(int count) => (count - 1) / FrameSampler.ModelFps;
}
