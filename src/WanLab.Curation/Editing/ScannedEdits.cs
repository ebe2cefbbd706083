using WanLab.Curation.Scanning;

namespace WanLab.Curation.Editing;

/// <summary>Edits that follow what a scan found in a clip.</summary>
internal static class ScannedEdits
{
    /// <summary>Keeps the time in which something moves.</summary>
    /// <exception cref="WanLabException">Nothing moves, or it moves from the first frame to the last.</exception>
    public static ClipCuration TrimToMotion(ClipCuration now, ClipExamination found, int? part = null)
    {
        var (facts, motion) = (found.Facts, found.Motion);
        var first = FrameTimesEnd.Nearest(facts.FrameTimes, motion.StartsAt);
        var end = FrameTimesEnd.Nearest(facts.FrameTimes, motion.EndsAt);
        if (end <= first) throw new WanLabException("nothing moves in it, so there is no motion to trim to. Drop it, or give a range.");
        if (first == 0 && end == facts.FrameCount)
            throw new WanLabException("it moves from its first frame to its last; there is nothing to trim away.");
        return ClipEdits.Trim(now, first, end, facts, part);
    }

    /// <summary>Splits at each cut to another shot.</summary>
    /// <exception cref="WanLabException">There is no cut.</exception>
    public static ClipCuration SplitAtCuts(ClipCuration now, ClipExamination found)
    {
        var times = found.Facts.FrameTimes;
        // A cut in what was trimmed away needs no split.
        var parts = ClipEdits.Parts(now, found.Facts);
        List<int> places = [.. found.Findings.Where(finding => finding.Kind == FindingKind.Cut)
            .Select(finding => FrameTimesEnd.Nearest(times, finding.From))
            .Where(place => parts.Any(part => part.First < place && place < part.End)).Distinct()];
        return places.Count > 0 ? ClipEdits.Split(now, places, found.Facts)
            : throw new WanLabException("a scan finds no cut to another shot in what is kept of it.");
    }

    /// <summary>Cuts bars away.</summary>
    /// <exception cref="WanLabException">There are no bars.</exception>
    public static ClipCuration WithoutBars(ClipCuration now, ClipExamination found) =>
        found.Findings.FirstOrDefault(finding => finding.Kind == FindingKind.Bars) is { } bars
            ? ClipEdits.RemoveBars(now, bars, found.Facts)
            : throw new WanLabException("a scan finds no bars at its edges.");
}
