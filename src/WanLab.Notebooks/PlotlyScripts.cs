using WanLab.Notebooks.Blocks;

namespace WanLab.Notebooks;

/// <summary>The scripts that make figures move, as they lie in this assembly: plotly.js and what draws with it.</summary>
internal static class PlotlyScripts
{
    /// <summary>Both, as script elements; a page needs them once.</summary>
    public static string Tags { get; } = $"<script>{Read("plotly.js")}</script>\n<script>{Read("figures.js")}</script>\n";

    /// <summary>A script of this assembly.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PlotlyScripts).Assembly.GetManifestResourceStream($"WanLab.Notebooks.{name}")!;
        var text = new StreamReader(stream).ReadToEnd();
        // Inside a page this would end the script element too early.
        if (text.Contains("</script", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"{name} can not stand inside HTML.");
        return text;
    }
}

/// <summary>Remembers whether plotly.js was sent, which is 1.1 MB: once is enough for a notebook.</summary>
internal sealed class PlotlyDelivery
{
    private int _sent;

    /// <summary>Of this process, which runs one notebook.</summary>
    public static PlotlyDelivery Shared { get; } = new();

    /// <summary>True for the first who asks.</summary>
    public bool Take() => Interlocked.Exchange(ref _sent, 1) == 0;
}

/// <summary>
/// Brings plotly.js into a notebook, whole. The first figure does so by itself; where that cell's output is made anew later, a
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
