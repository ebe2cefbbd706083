using WanLab.Curation.Scanning;

namespace WanLab.Curation.Editing;

/// <summary>All edits that follow from what a scan found in a clip.</summary>
internal static class ClipSuggestions
{
    private static readonly FindingKind[] Poor = [FindingKind.Dark, FindingKind.Bright, FindingKind.Flat, FindingKind.Blurred];

    /// <summary>
    /// Makes the edits: the clip is split at its cuts, a still or black head and tail are trimmed, bars are cut away. A clip that is of no
    /// use, such as a copy, is dropped.
    /// </summary>
    public static ClipCuration Apply(ClipCuration now, ClipScan scan, Func<string, bool> isDropped) =>
        Of(now, scan, WhyDrop(scan, isDropped)).After;

    /// <summary>The edits in words, such as "trim to the motion, 2.9 to 8 s"; empty where nothing is left to do.</summary>
    public static string Words(ClipCuration now, ClipScan scan, Func<string, bool> isDropped) =>
        now.Dropped ? "" : string.Join(", ", Of(now, scan, WhyDrop(scan, isDropped)).Words);

    /// <summary>The edits of a clip, each with its words; none where the clip is good as it is.</summary>
    /// <param name="now">The decisions.</param>
    /// <param name="scan">The scan of the clip.</param>
    /// <param name="whyDrop">Why it is to be dropped; null to keep it.</param>
    public static (ClipCuration After, IReadOnlyList<string> Words) Of(ClipCuration now, ClipScan scan, string? whyDrop)
    {
        if (whyDrop is not null) return now.Dropped ? (now, []) : (ClipEdits.Drop(now), [$"drop: {whyDrop.TrimEnd('.')}"]);
        var words = new List<string>();
        foreach (var edit in (Func<ClipCuration, ClipScan, SuggestedEdit>[])
            [SuggestedEdits.SplitAtCuts, (before, found) => SuggestedEdits.TrimToMotion(before, found), SuggestedEdits.RemoveBars])
        {
            var made = edit(now, scan);
            if (made.After == now) continue;
            now = made.After;
            words.Add(made.Words);
        }
        return (now, words);
    }

    /// <summary>Why a clip is of no use, whatever is cut away; null for one that is.</summary>
    /// <param name="scan">The scan of the clip.</param>
    /// <param name="isDropped">Whether a clip is left out already: a copy of it is the only one then.</param>
    public static string? WhyBad(ClipScan scan, Func<string, bool> isDropped) => scan.Findings.FirstOrDefault(finding => finding.Kind switch
    {
        FindingKind.Unusable or FindingKind.NoMotion => true,
        FindingKind.Black => finding.From <= 0 && finding.To >= FrameTimesEnd.Of(scan.Facts!.FrameTimes, scan.Facts.FrameCount) - 1e-6,
        FindingKind.Duplicate => !isDropped(finding.Other!),
        _ => false,
    })?.Words;

    // For a single clip that somebody looks at; without a look, a dark or soft picture may be meant.
    private static string? WhyDrop(ClipScan scan, Func<string, bool> isDropped) =>
        WhyBad(scan, isDropped) ?? scan.Findings.FirstOrDefault(finding => Poor.Contains(finding.Kind))?.Words;
}
