namespace WanLab.Media;

/// <summary>Facts found by decoding a clip once. Counts and times come from its decoded frames, not from its header.</summary>
public sealed record VideoInfo
{
    /// <summary>Width in square pixels as shown, after rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in square pixels as shown, after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>The time at which each frame is shown, in seconds after the first one: [FrameCount], ascending from 0.</summary>
    public required IReadOnlyList<double> FrameTimes { get; init; }

    /// <summary>Average number of frames per second; 1 for an image.</summary>
    public required double Fps { get; init; }

    /// <summary>The decoder's complaint about a clip that still gave every frame; null where there is none.</summary>
    public string? DecoderMessage { get; init; }

    /// <summary>Number of frames that decode.</summary>
    public int FrameCount => FrameTimes.Count;

    /// <summary>Seconds from the first frame to the end of the last one.</summary>
    public double Duration => FrameCount / Fps;

    /// <summary>Seconds from the first frame to the start of the last one.</summary>
    public double Span => FrameTimes[^1];
}
