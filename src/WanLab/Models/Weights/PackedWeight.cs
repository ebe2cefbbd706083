namespace WanLab.Models.Weights;

/// <summary>A frozen matrix held in fewer bytes than it computes in, or on another device; it is unpacked for each use.</summary>
/// <param name="shape">Shape of the matrix, [out, in].</param>
/// <param name="dtype">The type that it unpacks to.</param>
internal abstract class PackedWeight(IReadOnlyList<long> shape, DType dtype) : IDisposable
{
    /// <summary>Shape of the matrix, [out, in].</summary>
    public IReadOnlyList<long> Shape { get; } = shape;

    /// <summary>The type that the matrix computes in.</summary>
    public DType DType { get; } = dtype;

    /// <summary>The tensors that hold the matrix.</summary>
    public abstract IReadOnlyList<Tensor> Parts { get; }

    /// <summary>Number of bytes that the packed matrix takes.</summary>
    public long Bytes => Parts.Sum(part => part.Bytes);

    /// <summary>The unpacked matrix, in a tensor that belongs to the caller.</summary>
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
