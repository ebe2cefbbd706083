namespace WanLab.Notebooks.Figures;

/// <summary>Parts of the horizontal axis with a pale ground over the whole height.</summary>
/// <param name="Color">Colour as #rrggbb.</param>
/// <param name="Spans">The parts, ascending.</param>
internal sealed record Shade(string Color, IReadOnlyList<(double From, double To)> Spans)
{
    /// <summary>The ground's opacity, on white and on black.</summary>
    public const double Opacity = 0.09;
}
