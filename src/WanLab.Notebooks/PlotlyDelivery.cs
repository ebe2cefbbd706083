namespace WanLab.Notebooks;

/// <summary>Remembers whether plotly.js was sent, which is 1.1 MB: once is enough for a notebook.</summary>
internal sealed class PlotlyDelivery
{
    private int _sent;

    /// <summary>The delivery state of this process, which runs one notebook.</summary>
    public static PlotlyDelivery Shared { get; } = new();

    /// <summary>Returns true the first time only.</summary>
    public bool Take() => Interlocked.Exchange(ref _sent, 1) == 0;
}
