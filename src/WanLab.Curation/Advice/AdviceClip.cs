using WanLab.Curation.Scanning;
using WanLab.Media;

namespace WanLab.Curation.Advice;

/// <summary>A clip as advice sees it: with its edits, if it has some.</summary>
internal sealed record AdviceClip
{
    /// <summary>Name of the file, and of the part where a file has several.</summary>
    public required string Name { get; init; }

    /// <summary>Facts of the clip with its edits.</summary>
    public required MediaFacts Facts { get; init; }

    /// <summary>The caption; null where there is none.</summary>
    public string? Caption { get; init; }

    /// <summary>A picture of the clip in a few pixels; null where it could not be read.</summary>
    public FrameSketch? Sketch { get; init; }

    /// <summary>The scan of the file; null where there was none. Its times are those of the whole file.</summary>
    public ClipScan? Scan { get; init; }

    /// <summary>Seconds of the file at which the clip begins.</summary>
    public double From { get; init; }

    /// <summary>Whether it is a part of a file, or all of one.</summary>
    public bool IsPart { get; init; }
}
