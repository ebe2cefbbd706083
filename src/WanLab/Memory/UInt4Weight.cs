namespace WanLab.Memory;

/// <summary>
/// A matrix in 4-bit whole numbers, two per byte. Each group of up to 64 weights of a row shares a scale and the number that
/// stands for zero: (q - zero) scale. The arithmetic is that of ai-toolkit's UIntX, in the weight's own type, so that
/// accuracy recovery adapters made for it fit. It takes 4.375 bits per weight in bf16.
/// </summary>
internal sealed class UInt4Weight : PackedWeight
{
    private const int LargestGroup = 64, SmallestGroup = 8, Largest = 15;
    private const float SmallestScale = 1.1920929e-07f; // float32's epsilon

    private static readonly Op Amax = Op.Find("aten::amax");
    private static readonly Op Amin = Op.Find("aten::amin");
    private static readonly Op Reciprocal = Op.Find("aten::reciprocal");
    private static readonly Op And = Op.Find("aten::bitwise_and", "Scalar");
    private static readonly Op ShiftRight = Op.Find("aten::bitwise_right_shift", "Tensor_Scalar");

    private readonly Tensor _codes, _scale, _zero;

    private UInt4Weight(IReadOnlyList<long> shape, DType dtype, Tensor codes, Tensor scale, Tensor zero)
        : base(shape, dtype) => (_codes, _scale, _zero) = (codes, scale, zero);

    // [out, in/2]: columns of the left half in the low bits, of the right half in the high ones; [out, groups, 1] twice
    public override IReadOnlyList<Tensor> Parts => [_codes, _scale, _zero];

    /// <summary>Whether a matrix can be packed: its rows must divide into groups of at least 8.</summary>
    public static bool Fits(Tensor weight) => weight.Rank == 2 && Fits(weight.Size(1));

    /// <summary>Number of bytes that a matrix takes; one that cannot be packed stays as it is.</summary>
    public static long SizeOf(long rows, long columns, int computeBytes) =>
        Fits(columns) ? rows * columns / 2 + rows * columns / Group(columns) * (computeBytes + 1) : rows * columns * computeBytes;

    /// <summary>Packs a matrix [out, in].</summary>
    public static UInt4Weight Pack(Tensor weight)
    {
        using var scope = new TensorScope();
        var (rows, columns) = (weight.Size(0), weight.Size(1));
        var groups = weight.Reshape(rows, -1, Group(columns));
        var low = Amin.Call(groups, new long[] { -1 }, true).Clamp(double.NegativeInfinity, 0);
        var high = Amax.Call(groups, new long[] { -1 }, true).ClampMin(0);
        var scale = ((high - low) / Largest).ClampMin(SmallestScale);
        var zero = (0 - (low / scale).Round()).Clamp(0, Largest);
        var codes = ((groups * Reciprocal.Call(scale)).Round() + zero).Clamp(0, Largest).To(DType.UInt8).View(rows, columns);
        var packed = codes.Narrow(1, 0, columns / 2) + (codes.Narrow(1, columns / 2, columns / 2) * 16).To(DType.UInt8);
        return new UInt4Weight(weight.Shape, weight.DType, scope.Keep(packed), scope.Keep(scale), scope.Keep(zero.To(DType.UInt8)));
    }

    public override Tensor Unpack()
    {
        using var scope = new TensorScope();
        var codes = Tensor.Cat([And.Call(_codes, (long)Largest), ShiftRight.Call(_codes, 4L)], 1);
        var groups = codes.View(Shape[0], _scale.Size(1), -1).To(DType);
        return scope.Keep(groups.AddInto(_zero.To(DType), -1).MulInto(_scale).View([.. Shape]));
    }

    public override PackedWeight To(Device device) => new UInt4Weight(Shape, DType, _codes.To(device), _scale.To(device), _zero.To(device));

    private static bool Fits(long columns) => Group(columns) >= SmallestGroup;

    // The largest power of two, up to 64, that divides a row.
    private static long Group(long columns) => Math.Min(LargestGroup, columns & -columns);
}
