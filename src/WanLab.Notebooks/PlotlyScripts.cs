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
