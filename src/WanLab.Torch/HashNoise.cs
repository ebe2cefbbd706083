namespace WanLab.Torch;

/// <summary>
/// Random bits for whole tensors that are a pure function of a key and the element's position, like
/// <see cref="CounterRandom"/>, but computed on the tensor's own device: the same on every device and on every call.
/// </summary>
internal static class HashNoise
{
    private static readonly Op AddTensor = Op.Find("aten::add", "Tensor");
    private static readonly Op MulInPlace = Op.Find("aten::mul_", "Scalar");
    private static readonly Op XorScalar = Op.Find("aten::bitwise_xor", "Scalar");
    private static readonly Op XorInPlace = Op.Find("aten::bitwise_xor_", "Tensor");
    private static readonly Op AndInPlace = Op.Find("aten::bitwise_and_", "Scalar");
    private static readonly Op ShiftRight = Op.Find("aten::bitwise_right_shift", "Tensor_Scalar");

    /// <summary>Uniform Int32 numbers over the whole range, [rows, columns].</summary>
    public static Tensor Bits(ulong key, long rows, long columns, Device device)
    {
        using var scope = new TensorScope();
        // rows and columns are hashed separately, then their sums: one full-size pass instead of two
        var row = Mix(Hashable(rows, (int)key, device)).Unsqueeze(1);
        var column = Mix(Hashable(columns, (int)(key >> 32), device));
        return scope.Keep(Mix(AddTensor.Call(row, column, 1L)));
    }

    private static Tensor Hashable(long count, int key, Device device) =>
        XorScalar.Call(Tensor.Arange(0, count, dtype: DType.Int32, device: device), (long)key);

    // A 32-bit finaliser (C. Wellons, hash prospector, "lowbias32") in wrapping int32; masking makes the shifts logical.
    private static Tensor Mix(Tensor h)
    {
        Fold(h, 16);
        MulInPlace.Run(h, 0x7feb352dL);
        Fold(h, 15);
        MulInPlace.Run(h, (long)unchecked((int)0x846ca68b));
        Fold(h, 16);
        return h;
    }

    private static void Fold(Tensor h, int bits)
    {
        using var scope = new TensorScope();
        var high = ShiftRight.Call(h, (long)bits);
        AndInPlace.Run(high, (1L << (32 - bits)) - 1);
        XorInPlace.Run(h, high);
    }
}
