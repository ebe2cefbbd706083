namespace WanLab.Torch.Pickles;

/// <summary>The numbers that tensors of a PyTorch file lie in.</summary>
/// <param name="Key">Name of the entry that holds them.</param>
/// <param name="DType">Their type; null where the tensor says it.</param>
/// <param name="Count">How many there are; of bytes where the type is null.</param>
internal sealed record PickledStorage(string Key, DType? DType, long Count);

/// <summary>A tensor of a PyTorch file: a view of its storage.</summary>
/// <param name="Storage">The numbers.</param>
/// <param name="DType">Element type.</param>
/// <param name="Offset">Place of the first element in the storage, in elements.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Strides">Distance between neighbours along each axis, in elements.</param>
internal sealed record PickledTensor(PickledStorage Storage, DType DType, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>Number of elements from the first one to the last one in the storage.</summary>
    public Int128 Span
    {
        get
        {
            Int128 last = 0;
            for (var axis = 0; axis < Shape.Length; axis++)
            {
                if (Shape[axis] == 0) return 0;
                last += (Int128)(Shape[axis] - 1) * Strides[axis];
            }
            return last + 1;
        }
    }

    /// <summary>Whether its elements lie one after the other.</summary>
    public bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] == 0) return true;
                if (Shape[axis] != 1 && Strides[axis] != expected) return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }
}
