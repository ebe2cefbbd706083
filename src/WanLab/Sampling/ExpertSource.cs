using WanLab.Adapters;
using WanLab.Models.Transformer;

namespace WanLab.Sampling;

/// <summary>Opens the experts for one sampling run after another, so that only one expert is in memory at a time.</summary>
/// <param name="model">Model that has the experts.</param>
/// <param name="openAdapter">Opens an expert's adapter, or returns null for the base model; it is disposed with the expert.</param>
internal sealed class ExpertSource(BaseModel model, Func<Expert, LoraAdapter?>? openAdapter = null) : IDisposable
{
    private Expert? _expert;
    private WanTransformer? _transformer;
    private LoraAdapter? _adapter;

    /// <summary>Opens an expert, unless it is open already; the other one is freed first.</summary>
    /// <exception cref="WanLabException">The expert's files do not fit.</exception>
    public SampledExpert Open(Expert expert)
    {
        if (_expert != expert || _transformer is null)
        {
            Unload();
            _adapter = openAdapter?.Invoke(expert);
            _transformer = model.OpenExpert(expert);
            _expert = expert;
        }
        return new SampledExpert(_transformer, _adapter);
    }

    /// <summary>Frees the open expert; experts can be opened again afterwards.</summary>
    public void Unload()
    {
        _transformer?.Dispose();
        _adapter?.Dispose();
        (_transformer, _adapter, _expert) = (null, null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Unload();
}
