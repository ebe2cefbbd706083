namespace WanLab.Sampling;

/// <summary>A request with everything that does not depend on an adapter computed. Owns its tensors.</summary>
internal sealed class PreparedSample : IDisposable
{
    internal PreparedSample(SampleRequest request, LatentConditions conditions)
    {
        Request = request;
        Conditions = conditions;
        foreach (var tensor in (Tensor?[])[conditions.Y, conditions.Context, conditions.Negative])
            if (tensor is not null) TensorScope.Detach(tensor);
    }

    /// <summary>The request that was prepared.</summary>
    public SampleRequest Request { get; }

    /// <summary>The encoded image and texts of the request.</summary>
    public LatentConditions Conditions { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Conditions.Y.Dispose();
        Conditions.Context.Dispose();
        Conditions.Negative?.Dispose();
    }
}
