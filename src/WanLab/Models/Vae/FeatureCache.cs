namespace WanLab.Models.Vae;

/// <summary>
/// The last input frames of every layer that looks back in time, kept from one chunk of a clip to the next.
/// One cache serves one pass over one batch of clips.
/// </summary>
/// <param name="batch">Number of clips that run together.</param>
internal sealed class FeatureCache(long batch) : IDisposable
{
    private readonly Dictionary<IVaeLayer, Tensor> _frames = [];

    /// <summary>Number of clips that run together.</summary>
    public long Batch => batch;

    /// <summary>The frames that a layer kept, or null in the first chunk.</summary>
    public Tensor? Find(IVaeLayer layer) => _frames.GetValueOrDefault(layer);

    /// <summary>Keeps copies of the last frames of a run, so that the run itself can be freed.</summary>
    public void Keep(IVaeLayer layer, Tensor run, long frames)
    {
        using var scope = new TensorScope();
        Set(layer, run.Narrow(0, run.Size(0) - frames * batch, frames * batch).Clone());
    }

    /// <summary>Keeps frames of zeros, of the size of the given ones.</summary>
    public void KeepZeros(IVaeLayer layer, Tensor like, long frames)
    {
        using var scope = new TensorScope();
        Set(layer, Tensor.Zeros([frames * batch, like.Size(1), like.Size(2), like.Size(3)], like.DType, like.Device).ChannelsLast());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var frames in _frames.Values) frames.Dispose();
        _frames.Clear();
    }

    private void Set(IVaeLayer layer, Tensor frames)
    {
        Find(layer)?.Dispose();
        _frames[layer] = TensorScope.Detach(frames);
    }
}
