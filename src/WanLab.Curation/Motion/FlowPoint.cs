namespace WanLab.Curation.Motion;

/// <summary>The motion at one place of the picture between two frames.</summary>
/// <param name="X">Place from the centre to the right, in widths of the picture.</param>
/// <param name="Y">Place from the centre downwards, in widths of the picture.</param>
/// <param name="Dx">Motion to the right, in widths.</param>
/// <param name="Dy">Motion downwards, in widths.</param>
/// <param name="IsSure">Whether the place has enough texture to see a motion, and the motion explains it.</param>
internal readonly record struct FlowPoint(float X, float Y, float Dx, float Dy, bool IsSure)
{
    /// <summary>
    /// Across an edge, the direction in which the place shows a motion, of length 1: along the edge it shows none. Nothing where the
    /// place shows motion in every direction.
    /// </summary>
    public (float X, float Y) Normal { get; init; }

    /// <summary>Whether only the motion across an edge is known.</summary>
    public bool IsEdge => Normal != default;

    /// <summary>The length of a difference from this point's motion, as far as the place shows it.</summary>
    public double Seen(double dx, double dy) => IsEdge ? Math.Abs(dx * Normal.X + dy * Normal.Y) : Math.Sqrt(dx * dx + dy * dy);

    /// <summary>The speed, as far as the place shows it.</summary>
    public double Speed => Seen(Dx, Dy);
}
