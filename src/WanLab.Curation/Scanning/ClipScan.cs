using WanLab.Curation.Motion;
using WanLab.Media;

namespace WanLab.Curation.Scanning;

/// <summary>All that a scan knows of one clip.</summary>
public sealed record ClipScan
{
    /// <summary>The clip's file.</summary>
    public required string Path { get; init; }

    /// <summary>Size, frames and times; null where the file cannot be used.</summary>
    public MediaFacts? Facts { get; init; }

    /// <summary>The motion; null where it cannot be measured.</summary>
    public ClipMotion? Motion { get; init; }

    /// <summary>From 0 (nothing in it is sharp) to 1; null where it has no detail to judge by.</summary>
    public double? Sharpness { get; init; }

    /// <summary>The findings, in the order of time.</summary>
    public IReadOnlyList<ClipFinding> Findings { get; init; } = [];
}
