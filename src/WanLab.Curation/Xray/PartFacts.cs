using WanLab.Curation.Editing;
using WanLab.Media;

namespace WanLab.Curation.Xray;

/// <summary>Facts of a part of a clip, as they would be if the part were a file.</summary>
internal static class PartFacts
{
    /// <summary>The facts of a part.</summary>
    /// <param name="facts">Facts of the whole clip.</param>
    /// <param name="part">The part.</param>
    public static MediaFacts Of(MediaFacts facts, ClipPart part)
    {
        var start = facts.FrameTimes[part.First];
        double[] times = [.. facts.FrameTimes.Skip(part.First).Take(part.End - part.First).Select(time => time - start)];
        return facts with
        {
            Width = part.Crop?.Width ?? facts.Width,
            Height = part.Crop?.Height ?? facts.Height,
            FrameTimes = times,
            Fps = times.Length < 2 ? facts.Fps : (times.Length - 1) / times[^1],
            IsVariable = FrameClock.IsVariable(times),
            Gaps = [.. facts.Gaps.Where(gap => gap.From >= start && gap.To <= start + times[^1])
                .Select(gap => gap with { From = gap.From - start, To = gap.To - start })],
        };
    }
}
