using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks;

/// <summary>The scripts in this assembly that draw live figures: plotly.js, and the code that calls it.</summary>
internal static class PlotlyScripts
{
    /// <summary>Both scripts, as script elements; a page needs them once.</summary>
    public static string Tags { get; } = $"<script>{Read("plotly.js")}</script>\n<script>{Read("figures.js")}</script>\n";

    /// <summary>A script of this assembly.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PlotlyScripts).Assembly.GetManifestResourceStream($"WanLab.Notebooks.{name}")!;
        var text = new StreamReader(stream).ReadToEnd();
        // Inside a page this would end the script element too early.
        if (text.Contains("</script", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"{name} cannot stand inside HTML.");
        return text;
    }
}

/// <summary>Remembers whether plotly.js was sent, which is 1.1 MB: once is enough for a notebook.</summary>
internal sealed class PlotlyDelivery
{
    private int _sent;

    /// <summary>The delivery state of this process, which runs one notebook.</summary>
    public static PlotlyDelivery Shared { get; } = new();

    /// <summary>Returns true the first time only.</summary>
    public bool Take() => Interlocked.Exchange(ref _sent, 1) == 0;
}

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
        settings.Plotly.Take();
        return $"<div style=\"opacity:0.7\">Plots are ready.</div>\n{PlotlyScripts.Tags}";
    }
}
