using WanLab.Curation.Scanning;

namespace WanLab.Curation.Editing;

/// <summary>The edits that follow from what a scan found in a clip.</summary>
internal static class ClipSuggestions
{
    private static readonly FindingKind[] Useless =
        [FindingKind.Unusable, FindingKind.Duplicate, FindingKind.NoMotion, FindingKind.Dark, FindingKind.Bright, FindingKind.Flat,
            FindingKind.Blurred];

    /// <summary>
    /// Makes the edits: bars are cut away, a still or black head and tail are trimmed, the clip is split at its cuts. A clip that is of no
    /// use, such as a copy, is dropped.
    /// </summary>
    public static ClipCuration Apply(ClipCuration now, ClipScan scan)
    {
        if (scan.Facts is not { } facts || scan.Findings.Any(finding => Useless.Contains(finding.Kind))) return ClipEdits.Drop(now, null);
        var (first, end) = Range(scan);
        if (first > 0 || end < facts.FrameCount) now = ClipEdits.Trim(now with { Parts = [.. now.Parts.Take(1)] }, first, end, facts);
        var cuts = Cuts(scan).Where(cut => cut > first && cut < end).ToList();
        if (cuts.Count > 0) now = ClipEdits.Split(now, cuts, facts);
        return scan.Findings.FirstOrDefault(finding => finding.Kind == FindingKind.Bars) is { } bars
            ? ClipEdits.RemoveBars(now, bars, facts) : now;
    }

    /// <summary>The edits in words, such as "trim to 2.9-8.0 s, remove bars"; empty where nothing is suggested, or all of it is
    /// done.</summary>
    public static string Words(ClipCuration now, ClipScan scan)
    {
        if (now.Dropped) return "";
        if (scan.Facts is not { } facts) return "drop: cannot be used";
        if (scan.Findings.FirstOrDefault(finding => Useless.Contains(finding.Kind)) is { } useless)
            return $"drop: {useless.Words.TrimEnd('.')}";
        if (Apply(new ClipCuration { Accepted = now.Accepted, Name = now.Name }, scan) == now) return "";
        var (first, end) = Range(scan);
        var words = new List<string>();
        if (first > 0 || end < facts.FrameCount)
        {
            var until = end < facts.FrameCount ? facts.FrameTimes[end] : facts.Duration;
            words.Add(FormattableString.Invariant($"trim to {facts.FrameTimes[first]:0.0}-{until:0.0} s"));
        }
        var cuts = Cuts(scan).Count(cut => cut > first && cut < end);
        if (cuts > 0) words.Add(cuts == 1 ? "split at the cut" : $"split at {cuts} cuts");
        if (scan.Findings.Any(finding => finding.Kind == FindingKind.Bars)) words.Add("remove the bars");
        return string.Join(", ", words);
    }

    /// <summary>The frames that are worth keeping: without what is black or still at the ends.</summary>
    public static (int First, int End) Range(ClipScan scan)
    {
        var facts = scan.Facts!;
        double from = 0, to = facts.Duration;
        foreach (var finding in scan.Findings)
        {
            if (finding.Kind is FindingKind.StillHead || (finding.Kind == FindingKind.Black && finding.From <= 0))
                from = Math.Max(from, finding.To);
            if (finding.Kind is FindingKind.StillTail || (finding.Kind == FindingKind.Black && finding.To >= facts.Duration - 0.1
                && finding.From > 0))
                to = Math.Min(to, finding.From);
        }
        var first = FrameTimesEnd.Nearest(facts.FrameTimes, from);
        var end = to >= facts.Duration - 1e-6 ? facts.FrameCount : FrameTimesEnd.Nearest(facts.FrameTimes, to);
        return first < end ? (first, end) : (0, facts.FrameCount);
    }

    private static IEnumerable<int> Cuts(ClipScan scan) => scan.Findings.Where(finding => finding.Kind == FindingKind.Cut)
        .Select(finding => FrameTimesEnd.Nearest(scan.Facts!.FrameTimes, finding.From));
}
