namespace WanLab.Memory;

/// <summary>
/// A packed matrix with a low-rank correction of the packing error: unpacked + up down. The correction is added to the matrix
/// when it is unpacked, which costs rank / tokens of the layer's own work.
/// </summary>
internal sealed class RecoveredWeight(PackedWeight packed, Tensor down, Tensor up) : PackedWeight(packed.Shape, packed.DType)
{
    private static readonly Op AddMatrixProduct = Op.Find("aten::addmm_");

    // Down is [rank, in], up is [out, rank].
    public override IReadOnlyList<Tensor> Parts => [.. packed.Parts, down, up];

    public override Tensor Unpack()
    {
        var matrix = packed.Unpack();
        AddMatrixProduct.Run(matrix, up, down);
        return matrix;
    }

    public override PackedWeight To(Device device) => new RecoveredWeight(packed.To(device), down.To(device), up.To(device));
}
