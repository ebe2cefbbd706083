namespace WanLab.Notebooks;

/// <summary>
/// Brings plotly.js to a notebook, which is 1.1 MB: once, or not at all where the notebook's server has it.
/// </summary>
/// <param name="server">Where the server has it, below its own address; null if it does not.</param>
internal sealed class PlotDelivery(string? server = null)
{
    private int _sent;

    /// <summary>The delivery of this process, which runs one notebook.</summary>
    public static PlotDelivery Shared { get; } =
        new(Environment.GetEnvironmentVariable(PlotScripts.Variable) is { Length: > 0 } address ? address : null);

    /// <summary>The elements that an output with figures needs: small ones for each, or the whole for the first.</summary>
    public string Take() => server is not null ? PlotScripts.Link(server)
        : Interlocked.Exchange(ref _sent, 1) == 0 ? PlotScripts.Tags
        : "";

    /// <summary>The elements again, for a cell of their own.</summary>
    public string Again()
    {
        _sent = 1;
        return server is not null ? PlotScripts.Link(server) : PlotScripts.Tags;
    }
}
