namespace WanLab.Notebooks;

/// <summary>The scripts in this assembly that draw live figures: plotly.js, and the code that calls it.</summary>
internal static class PlotScripts
{
    /// <summary>The variable that names the address, below the server's, where a Jupyter server has <see cref="Whole"/>.</summary>
    public const string Variable = "WANLAB_PLOTS";

    /// <summary>A name for the file of <see cref="Whole"/>.</summary>
    public const string File = "plots.js";

    /// <summary>Both scripts, as script elements; a page needs them once.</summary>
    public static string Tags { get; } = $"<script>{Read("plotly.js")}</script>\n<script>{Read("figures.js")}</script>\n";

    /// <summary>Both scripts, as one file.</summary>
    public static string Whole() => $"{Read("plotly.js")}\n{Read("figures.js")}";

    /// <summary>
    /// A script element that loads them from the server of the page, where the page has one. Elsewhere, as in an exported page, the
    /// still pictures stay.
    /// </summary>
    /// <param name="address">Where they are, below the server's own address.</param>
    public static string Link(string address) => $$"""
        <script>(function(){if(window.wanlab||window.wanlabLoads)return;var c=document.getElementById("jupyter-config-data");
        var base=document.body.getAttribute("data-base-url")||(c&&JSON.parse(c.textContent).baseUrl);if(!base)return;
        window.wanlabLoads=true;var s=document.createElement("script");s.src=base+{{System.Text.Json.JsonSerializer.Serialize(address)}};
        document.head.appendChild(s);})();</script>

        """;

    /// <summary>A script of this assembly.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PlotScripts).Assembly.GetManifestResourceStream($"WanLab.Notebooks.{name}")!;
        var text = new StreamReader(stream).ReadToEnd();
        // Inside a page this would end the script element too early.
        if (text.Contains("</script", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"{name} cannot stand inside HTML.");
        return text;
    }
}
