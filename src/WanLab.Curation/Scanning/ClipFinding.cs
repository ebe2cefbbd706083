namespace WanLab.Curation.Scanning;

/// <summary>Something that a scan found in a clip.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">Seconds from the first frame to where it begins; 0 for the whole clip.</param>
/// <param name="To">Seconds to where it ends; for a cut, the same as <paramref name="From"/>.</param>
/// <param name="Words">A sentence for a user.</param>
public sealed record ClipFinding(FindingKind Kind, double From, double To, string Words)
{
    /// <summary>The part of the picture it is about, as fractions of width and height; null for the whole picture. For bars, the picture
    /// without them.</summary>
    public PictureArea? Area { get; init; }

    /// <summary>The other clip's file name, for a duplicate.</summary>
    public string? Other { get; init; }

    /// <summary>Whether a part of the clip has it.</summary>
    /// <param name="from">Seconds of the clip at which the part begins.</param>
    /// <param name="to">Seconds at which it ends.</param>
    internal bool LiesIn(double from, double to)
    {
        const double edge = 0.05;
        return Kind == FindingKind.Cut ? From > from + edge && From < to - edge : To > from + edge && From < to - edge;
    }
}

/// <summary>A rectangle within a picture, each number from 0 to 1.</summary>
/// <param name="X">The left edge, as a fraction of the width.</param>
/// <param name="Y">The upper edge, as a fraction of the height.</param>
/// <param name="Width">Fraction of the width.</param>
/// <param name="Height">Fraction of the height.</param>
public readonly record struct PictureArea(double X, double Y, double Width, double Height);
