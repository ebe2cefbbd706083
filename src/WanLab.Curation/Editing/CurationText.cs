namespace WanLab.Curation.Editing;

/// <summary>Decisions as sentences.</summary>
internal static class CurationText
{
    private const int Named = 3;

    /// <summary>A change in words.</summary>
    public static string Of(IReadOnlyList<ClipChange> changes)
    {
        var kinds = changes.Select(change => Of(change.Before, change.After)).Distinct().ToList();
        return $"{Listing.Of([.. changes.Select(change => change.Clip)], Named)}: {(kinds is [var kind] ? kind : "edited")}";
    }

    /// <summary>The decisions about a clip, in a line; empty where it stays as it is.</summary>
    /// <param name="curation">The decisions.</param>
    /// <param name="times">Time of each frame, to say seconds; null says frames.</param>
    public static string Of(ClipCuration curation, IReadOnlyList<double>? times = null)
    {
        List<string> words = [];
        if (curation.Dropped) words.Add("dropped");
        if (curation.Name is { } name) words.Add($"renamed to {name}");
        for (var k = 0; k < curation.Parts.Count; k++)
            words.Add($"{(curation.Parts.Count > 1 ? $"part {k + 1}: " : "")}{Of(curation.Parts[k], times)}");
        if (curation.Accepted) words.Add("accepted");
        return string.Join("; ", words);
    }

    /// <summary>A part in words.</summary>
    public static string Of(ClipPart part, IReadOnlyList<double>? times)
    {
        var range = times is null || part.First >= times.Count
            ? $"frames {part.First} to {part.End - 1}"
            : FormattableString.Invariant($"{times[part.First]:0.##} to {FrameTimesEnd.Of(times, part.End):0.##} s");
        var whole = times is not null && part.First == 0 && part.End == times.Count;
        return string.Join(", ", ((string[])[whole ? "whole length" : range, Of(part.Crop), part.Name is { } name ? $"named {name}" : ""])
            .Where(text => text != ""));
    }

    /// <summary>A crop as it is given on the command line; empty for none.</summary>
    public static string Of(PixelArea? crop) => crop is { } area ? $"crop {area.Width}x{area.Height}+{area.X}+{area.Y}" : "";

    private static string Of(ClipCuration before, ClipCuration after)
    {
        if (before.Dropped != after.Dropped) return after.Dropped ? "dropped" : "restored";
        if (before.Name != after.Name) return after.Name is null ? "keeps its name" : $"renamed to {after.Name}";
        if (before.Accepted != after.Accepted) return after.Accepted ? "accepted" : "no longer accepted";
        return after.Parts.Count == 0 ? "whole again" : Of(after with { Accepted = false, Name = null });
    }
}
