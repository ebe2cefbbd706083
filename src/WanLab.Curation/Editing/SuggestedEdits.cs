using WanLab.Curation.Scanning;

namespace WanLab.Curation.Editing;

/// <summary>An edit that follows from a scan.</summary>
/// <param name="After">The decisions with it; the same as before where there is nothing to do.</param>
/// <param name="Words">What is to be done, such as "split at the cut, 4 s", or why nothing is.</param>
internal readonly record struct SuggestedEdit(ClipCuration After, string Words);

/// <summary>Makes edits of what a scan has found. Made again, they change nothing more.</summary>
internal static class SuggestedEdits
{
    // Less is no clip to train on, and where so little seems to move, the measure may have missed the rest.
    private const double LeastSeconds = 1;

    /// <summary>Keeps what lies between the start and the end of the motion, without black at either end.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="scan">The scan of the clip.</param>
    /// <param name="part">The part to trim; null trims all.</param>
    /// <exception cref="WanLabException">There is no such part.</exception>
    public static SuggestedEdit TrimToMotion(ClipCuration now, ClipScan scan, int? part = null)
    {
        if (scan.Facts is not { } facts) return new(now, $"no trim: {scan.Findings[0].Words.TrimEnd('.')}");
        if (scan.Motion is not { } motion || motion.EndsAt <= motion.StartsAt) return new(now, "no trim: nothing in it moves");
        var (from, to) = (motion.StartsAt, motion.EndsAt);
        foreach (var black in scan.Findings.Where(finding => finding.Kind == FindingKind.Black))
        {
            if (black.From <= from && black.To < to) from = Math.Max(from, black.To);
            else if (black.To >= to && black.From > from) to = black.From;
        }
        if (to - from < LeastSeconds) return new(now, FormattableString.Invariant($"no trim: only {to - from:0.##} s of it seem to move"));
        var (first, end) = (FrameTimesEnd.Nearest(facts.FrameTimes, from), FrameTimesEnd.Nearest(facts.FrameTimes, to));
        if (!ClipEdits.Parts(now, facts).Any(each => each.First < end && each.End > first))
            return new(now, "no trim: nothing that moves is left of it");
        var after = ClipEdits.Within(now, first, end, facts, part);
        return new(after, after == now ? "no trim: it moves from its first frame to its last"
            : FormattableString.Invariant($"trim to the motion, {facts.FrameTimes[first]:0.##} to ")
                + FormattableString.Invariant($"{FrameTimesEnd.Of(facts.FrameTimes, end):0.##} s"));
    }

    /// <summary>Makes a part of each shot.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="scan">The scan of the clip.</param>
    public static SuggestedEdit SplitAtCuts(ClipCuration now, ClipScan scan)
    {
        if (scan.Facts is not { } facts) return new(now, $"no split: {scan.Findings[0].Words.TrimEnd('.')}");
        List<int> cuts = [.. scan.Findings.Where(finding => finding.Kind == FindingKind.Cut)
            .Select(finding => FrameTimesEnd.Nearest(facts.FrameTimes, finding.From)).Distinct()];
        if (cuts.Count == 0) return new(now, "no split: it has no cut");
        var parts = ClipEdits.Parts(now, facts);
        // A cut in what was trimmed away needs no split.
        List<int> inside = [.. cuts.Where(cut => parts.Any(part => part.First < cut && cut < part.End))];
        if (inside.Count == 0) return new(now, "no split: no cut lies within its parts");
        return new(ClipEdits.Split(now, inside, facts), $"split at {(inside.Count == 1 ? "the cut" : $"{inside.Count} cuts")}, "
            + string.Join(", ", inside.Select(cut => FormattableString.Invariant($"{facts.FrameTimes[cut]:0.##} s"))));
    }

    /// <summary>Crops the bars away. A clip that was cropped already keeps its crop.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="scan">The scan of the clip.</param>
    public static SuggestedEdit RemoveBars(ClipCuration now, ClipScan scan)
    {
        if (scan.Facts is not { } facts) return new(now, $"no crop: {scan.Findings[0].Words.TrimEnd('.')}");
        if (scan.Findings.FirstOrDefault(finding => finding.Kind == FindingKind.Bars) is not { } bars)
            return new(now, "no crop: it has no bars");
        if (now.Parts.Any(part => part.Crop is not null)) return new(now, "no crop: it is cropped already");
        try
        {
            var after = ClipEdits.RemoveBars(now, bars, facts);
            return new(after, $"remove the bars, {CurationText.Of(after.Parts.Count > 0 ? after.Parts[0].Crop : null)}");
        }
        catch (WanLabException e)
        {
            return new(now, $"no crop: {e.Message.TrimEnd('.')}"); // hardly a picture is left between the bars
        }
    }
}
