using WanLab.Torch;

namespace WanLab.Models.Weights;

/// <summary>A frozen matrix held in fewer bytes than it computes in, or elsewhere; it is unpacked for each use.</summary>
/// <param name="shape">[out, in].</param>
/// <param name="dtype">The type it unpacks to.</param>
public abstract class PackedWeight(IReadOnlyList<long> shape, DType dtype) : IDisposable
{
    /// <summary>[out, in].</summary>
    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>The type it computes in.</summary>
    public DType DType { get; } = dtype;

    /// <summary>The tensors it is held in.</summary>
    public abstract IReadOnlyList<Tensor> Parts { get; }

    /// <summary>Bytes it takes.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);

    /// <summary>The matrix, in a tensor of the caller's.</summary>
    public abstract Tensor Unpack();

    /// <summary>The same matrix with its parts copied to a device, in tensors of the caller's scope.</summary>
    public abstract PackedWeight To(Device device);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in Parts) part.Dispose();
        GC.SuppressFinalize(this);
    }
}
