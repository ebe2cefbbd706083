namespace WanLab.Models.Weights;

/// <summary>A frozen matrix in the form that a layer holds it: as it computes, or packed.</summary>
internal readonly struct FrozenMatrix
{
    private readonly Tensor? _plain;
    private readonly PackedWeight? _packed;

    internal FrozenMatrix(Tensor? plain, PackedWeight? packed) => (_plain, _packed) = (plain, packed);

    /// <summary>The type that the matrix computes in.</summary>
    public DType DType => _packed?.DType ?? _plain!.DType;

    /// <summary>
    /// Calls <paramref name="use"/> with the matrix. An unpacked copy is freed after it, unless the graph needs it for the
    /// backward pass.
    /// </summary>
    public Tensor Use<T>(T with, Func<Tensor, T, Tensor> use)
    {
        if (_packed is null) return use(_plain!, with);
        using var matrix = _packed.Unpack();
        return use(matrix, with);
    }
}
