using WanLab.Torch.Safetensors;

namespace WanLab.Memory;

/// <summary>
/// A matrix in 8-bit floats (E4M3), each row divided by a scale that maps its largest number to the format's largest: one byte
/// per weight, relative error at most 1/16. Rows are output channels.
/// </summary>
internal sealed class Float8Weight : PackedWeight
{
    private static readonly Op Amax = Op.Find("aten::amax");

    private readonly Tensor _codes, _scale;

    private Float8Weight(IReadOnlyList<long> shape, DType dtype, Tensor codes, Tensor scale)
        : base(shape, dtype) => (_codes, _scale) = (codes, scale);

    public override IReadOnlyList<Tensor> Parts => [_codes, _scale];

    /// <summary>Number of bytes that a packed matrix takes.</summary>
    public static long SizeOf(long rows, long columns) => rows * columns + rows * sizeof(float);

    /// <summary>Packs a matrix [out, in].</summary>
    public static Float8Weight Pack(Tensor weight)
    {
        using var scope = new TensorScope();
        var largest = Amax.Call(weight.Abs(), new long[] { 1 }, false).To(DType.Float32);
        var scale = (largest / Float8.Largest).ClampMin(1e-30); // avoids a scale of 0 for a row of zeros
        return new Float8Weight(weight.Shape, weight.DType, scope.Keep(Float8.Encode(weight, scale)), scope.Keep(scale));
    }

    public override Tensor Unpack() => Float8.Decode(_codes, DType.Float8E4M3, _scale, DType);

    public override PackedWeight To(Device device) => new Float8Weight(Shape, DType, _codes.To(device), _scale.To(device));
}
