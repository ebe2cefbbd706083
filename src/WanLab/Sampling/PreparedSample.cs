using WanLab.Torch;

namespace WanLab.Sampling;

/// <summary>A request with what need not be computed again while an adapter changes. Owns its tensors.</summary>
public sealed class PreparedSample : IDisposable
{
    internal PreparedSample(SampleRequest request, LatentConditions conditions)
    {
        Request = request;
        Conditions = conditions;
        foreach (var tensor in (Tensor?[])[conditions.Y, conditions.Context, conditions.Negative])
            if (tensor is not null) TensorScope.Detach(tensor);
    }

    /// <summary>What is to be sampled.</summary>
    public SampleRequest Request { get; }

    /// <summary>Its image and texts, encoded.</summary>
    public LatentConditions Conditions { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Conditions.Y.Dispose();
        Conditions.Context.Dispose();
        Conditions.Negative?.Dispose();
    }
}
