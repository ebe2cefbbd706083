namespace WanLab.Memory;

/// <summary>
/// The best low-rank approximation of a matrix, found by a randomised method (Halko, Martinsson and Tropp 2011, algorithms 4.4
/// and 5.1): far cheaper than a full decomposition, and nearly as good.
/// </summary>
internal static class LowRank
{
    private const int Spare = 8, PowerSteps = 3;

    private static readonly Op Qr = Op.Find("aten::linalg_qr");
    private static readonly Op Svd = Op.Find("aten::linalg_svd");

    /// <summary>Down [rank, in] and up [out, rank] such that the product up down is nearest to a matrix [out, in], float32.</summary>
    public static (Tensor Down, Tensor Up) Of(Tensor matrix, int rank, ulong seed)
    {
        using var scope = new TensorScope();
        using var generator = new Generator(seed);
        matrix = matrix.To(DType.Float32);
        var width = Math.Min(rank + Spare, Math.Min(matrix.Size(0), matrix.Size(1)));
        var transposed = matrix.Transpose(0, 1);
        var basis = Orthonormal(matrix.MatMul(Tensor.Randn([matrix.Size(1), width], generator).To(matrix.Device)));
        for (var k = 0; k < PowerSteps; k++) basis = Orthonormal(matrix.MatMul(Orthonormal(transposed.MatMul(basis))));

        var parts = Svd.CallMany(basis.Transpose(0, 1).MatMul(matrix), false); // U, S, V^T of [width, in]
        rank = (int)Math.Min(rank, width);
        var up = basis.MatMul(parts[0].Narrow(1, 0, rank)) * parts[1].Narrow(0, 0, rank);
        return (scope.Keep(parts[2].Narrow(0, 0, rank).Contiguous()), scope.Keep(up));
    }

    private static Tensor Orthonormal(Tensor columns) => Qr.CallMany(columns)[0];
}
