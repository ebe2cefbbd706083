using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Memory;

/// <summary>
/// Opens one expert again and again. Weights as they are on disk are read from their files each time, which the system keeps
/// in memory as it sees fit; packed ones would have to be packed again, so a device's wait packed in host memory.
/// </summary>
/// <param name="model">Whose expert.</param>
/// <param name="expert">Which one.</param>
/// <param name="waits">Whether packed weights wait in host memory.</param>
internal sealed class ExpertShelf(BaseModel model, Expert expert, bool waits) : IDisposable
{
    private ModelWeights? _waiting;

    /// <summary>The expert on the model's device.</summary>
    /// <exception cref="WanLabException">Its files do not fit.</exception>
    public WanTransformer Open()
    {
        if (!waits || model.Packing is null) return model.OpenExpert(expert);
        var weights = _waiting?.To(model.Device) ?? model.OpenExpertWeights(expert, model.Device); // the device packs faster
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
