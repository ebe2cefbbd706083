using WanLab.Notebooks.Figures;

namespace WanLab.Notebooks;

/// <summary>Figures side by side.</summary>
/// <param name="Figures">The figures, from the left.</param>
[TypeFormatterSource]
public sealed record FigureGrid(IReadOnlyList<Figure> Figures)
{
    /// <inheritdoc/>
    public override string ToString() => Pages.Of(this)!.Text();
}
