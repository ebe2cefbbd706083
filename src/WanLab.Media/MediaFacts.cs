namespace WanLab.Media;

/// <summary>The transfer curve and colours of a clip, as far as they decide how its numbers become those of a screen.</summary>
internal enum MediaLight
{
    /// <summary>Numbers for an ordinary screen.</summary>
    Standard,

    /// <summary>An ordinary curve with wider colours (BT.2020, Display P3).</summary>
    WideColour,

    /// <summary>A curve that is not a screen's: PQ, HLG, logarithmic or linear.</summary>
    High,
}

/// <summary>
/// Everything about a file that changes what is trained, found by decoding it once. Counts and times come from its decoded frames, not
/// from its header.
/// </summary>
public sealed record MediaFacts
{
    /// <summary>Width in square pixels as shown, after rotation.</summary>
    public required int Width { get; init; }

    /// <summary>Height in square pixels as shown, after rotation.</summary>
    public required int Height { get; init; }

    /// <summary>The time at which each frame is shown, in seconds after the first one: [FrameCount], ascending from 0.</summary>
    public required IReadOnlyList<double> FrameTimes { get; init; }

    /// <summary>Average number of frames per second; 1 for an image.</summary>
    public required double Fps { get; init; }

    /// <summary>The decoder's complaint about a clip that still gave its frames; null where there is none.</summary>
    public string? DecoderMessage { get; init; }

    /// <summary>Number of frames that decode.</summary>
    public int FrameCount => FrameTimes.Count;

    /// <summary>Seconds from the first frame to the end of the last one.</summary>
    public double Duration => FrameCount / Fps;

    /// <summary>Seconds from the first frame to the start of the last one.</summary>
    public double Span => FrameTimes[^1];

    /// <summary>Times between frames where frames are missing that cannot be decoded.</summary>
    internal IReadOnlyList<MediaGap> Gaps { get; init; } = [];

    /// <summary>Whether the time between frames varies so much that even frame numbers are not even times.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Further remarks about the file, for its user.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The way from the decoded pixels to those that are shown; null where they are shown as they are.</summary>
    internal MediaConversion? Conversion { get; init; }

    /// <summary>Sentences about what a user should know of the file before it is trained on.</summary>
    internal IEnumerable<string> Warnings
    {
        get
        {
            foreach (var remark in Remarks) yield return remark;
            if (DecoderMessage is not { } message) yield break;
            yield return Gaps.Count == 0 ? $"the decoder reported: {message}"
                : FormattableString.Invariant($"{Gaps.Sum(gap => gap.Frames)} of {FrameCount + Gaps.Sum(gap => gap.Frames)} frames ")
                    + $"cannot be decoded, at {string.Join(", ", Gaps.Take(3))}{(Gaps.Count > 3 ? " and later" : "")}; "
                    + $"their neighbours are used. The decoder reported: {message}";
        }
    }
}

/// <summary>A place in a clip where frames cannot be decoded.</summary>
/// <param name="From">Time of the last frame before it, in seconds.</param>
/// <param name="To">Time of the first frame after it.</param>
/// <param name="Frames">Number of frames that are missing.</param>
internal readonly record struct MediaGap(double From, double To, int Frames)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{From:0.##} s");
}
