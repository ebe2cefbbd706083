using WanLab.Models.Transformer;

namespace WanLab.Memory;

/// <summary>
/// Opens one expert repeatedly. Weights in their format on disk are read from their files each time, and the operating system
/// caches them as it sees fit. Packed weights would have to be packed again, so on a device they wait packed in host memory.
/// </summary>
/// <param name="model">Model that has the expert.</param>
/// <param name="expert">The expert to open.</param>
/// <param name="waits">Whether packed weights wait in host memory.</param>
internal sealed class ExpertShelf(BaseModel model, Expert expert, bool waits) : IDisposable
{
    private ModelWeights? _waiting;

    /// <summary>Opens the expert on the model's device.</summary>
    /// <exception cref="WanLabException">The expert's files do not fit.</exception>
    public WanTransformer Open()
    {
        if (!waits || model.Packing is null) return model.OpenExpert(expert);
        var weights = _waiting?.To(model.Device) ?? model.OpenExpertWeights(expert, model.Device); // packing is faster on the device
        _waiting ??= weights.To(Device.Cpu);
        return new WanTransformer(weights, model.Config, model.Residual);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting?.Dispose();
        _waiting = null;
    }
}
