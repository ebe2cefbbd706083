namespace WanLab.Curation.Scanning;

/// <summary>Finds clips that show the same pictures.</summary>
internal static class Duplicates
{
    // Shorter by less than this is not shorter: encoders add and drop a frame.
    private const double SameLength = 0.15;

    // Sizes that differ by less, as powers of 2, are equally good.
    private const double SameSize = 0.5;

    /// <summary>For each clip that shows the same as a better one, the finding that names it.</summary>
    /// <param name="clips">The clips, by file.</param>
    /// <param name="cancellation">Stops the comparison.</param>
    public static Dictionary<string, ClipFinding> Of(IReadOnlyList<(string File, ClipExamination Found)> clips,
        CancellationToken cancellation)
    {
        // The best first: of clips that show the same, the first one is kept.
        var sorted = clips.OrderByDescending(clip => Math.Round(Math.Log2(Pixels(clip.Found)) / SameSize))
            .ThenBy(clip => clip.Found.Findings.Count)
            .ThenByDescending(clip => Math.Round(clip.Found.Facts.Duration / SameLength))
            .ThenByDescending(clip => new FileInfo(clip.File).Length)
            .ThenBy(clip => clip.File, StringComparer.Ordinal)
            .Select(clip => (clip.File, Print: new ClipPrint.Prepared(clip.Found.Print), clip.Found)).ToList();
        var found = new ClipFinding?[sorted.Count];
        Parallel.For(1, sorted.Count, new ParallelOptions { CancellationToken = cancellation }, k =>
        {
            for (var better = 0; better < k && found[k] is null; better++)
            {
                if (ClipPrint.Compare(sorted[better].Print, sorted[k].Print) is not { } match) continue;
                var name = Path.GetFileName(sorted[better].File);
                found[k] = new ClipFinding(FindingKind.Duplicate, 0, sorted[k].Found.Facts.Duration, $"shows the same as {name}"
                    + (match.IsMirrored ? ", mirrored" : "")
                    + (match.Offset > 0.2 ? FormattableString.Invariant($", from {match.Offset:0.0} s of it on") : "")
                        + ".") { Other = name };
            }
        });
        return sorted.Select((clip, k) => (clip.File, Finding: found[k])).Where(pair => pair.Finding is not null)
            .ToDictionary(pair => pair.File, pair => pair.Finding!);
    }

    // Those of the picture, without bars.
    private static double Pixels(ClipExamination clip)
    {
        var bars = clip.Findings.FirstOrDefault(finding => finding.Kind == FindingKind.Bars)?.Area;
        return (double)clip.Facts.Width * clip.Facts.Height * (bars is { } area ? area.Width * area.Height : 1);
    }
}
