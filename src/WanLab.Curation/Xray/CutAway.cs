using WanLab.Media;

namespace WanLab.Curation.Xray;

/// <summary>The shares of a picture's width and height that are cut away at its sides when it is brought to its bucket.</summary>
/// <param name="Left">Share of the width, at the left.</param>
/// <param name="Right">Share of the width, at the right.</param>
/// <param name="Top">Share of the height, above.</param>
/// <param name="Bottom">Share of the height, below.</param>
public readonly record struct CutAway(double Left, double Right, double Top, double Bottom)
{
    /// <summary>Share of the picture that is lost.</summary>
    public double Total => 1 - (1 - Left - Right) * (1 - Top - Bottom);

    /// <summary>The cut that a fit makes.</summary>
    internal static CutAway Of(FrameFit fit) => new(
        fit.X / (double)fit.ScaleWidth, (fit.ScaleWidth - fit.X - fit.Width) / (double)fit.ScaleWidth,
        fit.Y / (double)fit.ScaleHeight, (fit.ScaleHeight - fit.Y - fit.Height) / (double)fit.ScaleHeight);

    /// <inheritdoc/>
    public override string ToString()
    {
        List<string> sides = [];
        if (Left > 0 || Right > 0) sides.Add($"left {Numbers.Percent(Left)}, right {Numbers.Percent(Right)}");
        if (Top > 0 || Bottom > 0) sides.Add($"top {Numbers.Percent(Top)}, bottom {Numbers.Percent(Bottom)}");
        return sides.Count == 0 ? "nothing" : string.Join(", ", sides);
    }
}
