using WanLab.Adapters;

namespace WanLab.Training;

/// <summary>
/// The exponential moving average of an adapter over its updates: average = decay average + (1 - decay) adapter. It starts as a
/// copy of the adapter.
/// </summary>
internal sealed class AdapterAverage(LoraAdapter source, double decay) : IDisposable
{
    /// <summary>The average, as an adapter.</summary>
    public LoraAdapter Adapter { get; } = LoraAdapter.From(source.Modules, source.Parameters.Device);

    /// <summary>
    /// Updates the average with the adapter's current values. Call it after each update of the adapter, and only then: while an
    /// expert waits for its turn, its average stays unchanged.
    /// </summary>
    public void Update()
    {
        using var off = GradMode.Off();
        Adapter.Parameters.MulInto(decay).AddInto(source.Parameters, 1 - decay);
    }

    /// <inheritdoc/>
    public void Dispose() => Adapter.Dispose();
}
