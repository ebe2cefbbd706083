using WanLab.Media;

namespace WanLab.Curation.Editing;

/// <summary>Places in a clip as users write them: seconds (2.9), or the number of a frame (f70).</summary>
internal static class TimeRange
{
    private const string Forms = "Write seconds (2.9-8), frames (f70-f190), or leave one side out (2.9-)";

    /// <summary>The frames of a range such as <c>2.9-8</c>, <c>f70-f190</c>, <c>2.9-</c> or <c>-8</c>; its end is not part of it.</summary>
    /// <exception cref="WanLabException">The text is no range, or none of the clip.</exception>
    public static (int First, int End) Parse(string text, MediaFacts facts)
    {
        if (text.Split('-') is not [var from, var to] || (from.Trim() == "" && to.Trim() == ""))
            throw new WanLabException($"'{text}' is no range. {Forms}.");
        var first = from.Trim() == "" ? 0 : Place(from, facts);
        var end = to.Trim() == "" ? facts.FrameCount : Place(to, facts);
        if (end > first) return (first, end);
        throw new WanLabException(FormattableString.Invariant($"'{text}' has no frame of the clip, which has {facts.FrameCount} frames in ")
            + FormattableString.Invariant($"{facts.Duration:0.##} s. {Forms}."));
    }

    /// <summary>The frames at which a clip is split, such as <c>3.2,f140</c>, ascending.</summary>
    /// <exception cref="WanLabException">The text has something else, or a place at the clip's start or end.</exception>
    public static IReadOnlyList<int> Places(string text, MediaFacts facts)
    {
        List<int> places = [.. text.Split(',').Select(place => Place(place, facts)).Distinct().Order()];
        if (places[0] > 0 && places[^1] < facts.FrameCount) return places;
        throw new WanLabException(FormattableString.Invariant($"'{text}' has a place at the start or the end of the clip, where there is ")
            + FormattableString.Invariant($"nothing to split; it lasts {facts.Duration:0.##} s."));
    }

    private static int Place(string text, MediaFacts facts)
    {
        var place = text.Trim();
        if (place.StartsWith('f') && int.TryParse(place.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var frame))
        {
            if (frame <= facts.FrameCount) return frame;
            throw new WanLabException($"'{text}': the clip has {facts.FrameCount} frames, numbered from 0.");
        }
        if (!double.TryParse(place, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            throw new WanLabException($"'{text}' is no place in a clip. {Forms}.");
        if (seconds <= facts.Duration + 0.5) return FrameTimesEnd.Nearest(facts.FrameTimes, seconds);
        throw new WanLabException(FormattableString.Invariant($"'{text}': the clip lasts {facts.Duration:0.##} s."));
    }
}
