using WanLab.Adapters;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>
/// The exponential moving average of an adapter over its updates: average = decay average + (1 - decay) adapter. It starts as the
/// adapter is.
/// </summary>
internal sealed class AdapterAverage(LoraAdapter source, double decay) : IDisposable
{
    /// <summary>The average, as an adapter.</summary>
    public LoraAdapter Adapter { get; } = LoraAdapter.From(source.Modules, source.Parameters.Device);

    /// <summary>
    /// Takes in the adapter as it is now. Call after each update of it, and only then: an expert that waits its turn keeps its
    /// average.
    /// </summary>
    public void Update()
    {
        using var off = GradMode.Off();
        Adapter.Parameters.MulInto(decay).AddInto(source.Parameters, 1 - decay);
    }

    /// <inheritdoc/>
    public void Dispose() => Adapter.Dispose();
}
