using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks;

/// <summary>
/// Brings the whole of plotly.js into a notebook. The first figure does so by itself; where that cell's output is made again later, a
/// cell of its own for this (<see cref="Lab.Plots"/>) keeps the saved notebook complete.
/// </summary>
[TypeFormatterSource]
public sealed class PlotsReady
{
    internal PlotsReady() { }

    /// <inheritdoc/>
    public override string ToString() => "Plots are ready.";

    internal static string ToHtml(HtmlSettings settings)
    {
        return $"<div style=\"opacity:0.7\">Plots are ready.</div>\n{settings.Plotly.Again()}";
    }
}
