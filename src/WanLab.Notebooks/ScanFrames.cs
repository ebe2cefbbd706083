using Microsoft.Data.Analysis;
using WanLab.Curation.Scanning;
using WanLab.Options;

namespace WanLab.Notebooks;

/// <summary>A scan as data frames.</summary>
public static class ScanFrames
{
    /// <summary>A row for each clip: size, length, motion, sharpness and the number of findings.</summary>
    public static DataFrame ToDataFrame(this FolderScan scan) => DataFrames.Of(
        ["clip", "width", "height", "seconds", "frames", "fps", "camera", "speed", "confidence", "subject", "starts_at", "sharpness",
            "findings"],
        [.. scan.Clips.Select(clip => (IReadOnlyList<object?>)
        [
            Path.GetFileName(clip.Path), clip.Facts?.Width, clip.Facts?.Height, clip.Facts?.Duration, clip.Facts?.FrameCount,
                clip.Facts?.Fps,
            clip.Motion?.Camera.Word(), clip.Motion?.Speed, clip.Motion?.Confidence, clip.Motion?.Subject, clip.Motion?.StartsAt,
            clip.Sharpness, clip.Findings.Count,
        ])]);

    /// <summary>A row for each finding.</summary>
    public static DataFrame FindingsToDataFrame(this FolderScan scan) => DataFrames.Of(["clip", "kind", "from", "to", "words"],
        [.. scan.Clips.SelectMany(clip => clip.Findings.Select(finding => (IReadOnlyList<object?>)
            [Path.GetFileName(clip.Path), finding.Kind.Word(), finding.From, finding.To, finding.Words]))]);
}
