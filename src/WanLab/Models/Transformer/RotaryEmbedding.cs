namespace WanLab.Models.Transformer;

/// <summary>
/// Wan's rotary embedding over three axes (Wan2.2 wan/modules/model.py, rope_params and rope_apply): the pairs of a head
/// are divided among frames, rows and columns, and each axis has its own frequencies.
/// Shapes: B batch, L tokens, N heads, H head width.
/// </summary>
internal sealed class RotaryEmbedding : IDisposable
{
    private RotaryEmbedding(Tensor cos, Tensor sin)
    {
        Cos = TensorScope.Detach(cos);
        Sin = TensorScope.Detach(sin);
    }

    /// <summary>Cosines of the angles, [L, H/2], float32.</summary>
    public Tensor Cos { get; }

    /// <summary>Sines of the angles, [L, H/2], float32.</summary>
    public Tensor Sin { get; }

    /// <summary>Builds the tables for a grid of tokens, frames slowest. Angles are computed in double precision.</summary>
    public static RotaryEmbedding Build(int headDim, long frames, long rows, long columns, Device device)
    {
        var spatial = 2 * (headDim / 6);
        int[] widths = [headDim - 2 * spatial, spatial, spatial];
        var half = headDim / 2;
        var cos = new float[frames * rows * columns * half];
        var sin = new float[cos.Length];
        var at = 0L;
        for (var f = 0L; f < frames; f++)
            for (var r = 0L; r < rows; r++)
                for (var c = 0L; c < columns; c++)
                    for (var axis = 0; axis < 3; axis++)
                        for (var k = 0; k < widths[axis] / 2; k++, at++)
                        {
                            var position = axis == 0 ? f : axis == 1 ? r : c;
                            var angle = position / Math.Pow(10000, 2.0 * k / widths[axis]);
                            cos[at] = (float)Math.Cos(angle);
                            sin[at] = (float)Math.Sin(angle);
                        }
        using var scope = new TensorScope();
        var tokens = frames * rows * columns;
        return new RotaryEmbedding(
            scope.Keep(Tensor.From(cos, tokens, half).To(device)),
            scope.Keep(Tensor.From(sin, tokens, half).To(device)));
    }

    /// <summary>Rotates the pairs (2k, 2k+1) of each head. x: [B, L, N, H]; the result is float32.</summary>
    public Tensor Apply(Tensor x_BLNH)
    {
        long b = x_BLNH.Size(0), l = x_BLNH.Size(1), n = x_BLNH.Size(2), half = x_BLNH.Size(3) / 2;
        var pairs = x_BLNH.To(DType.Float32).View(b, l, n, half, 2);
        var (re, im) = (pairs.Select(-1, 0), pairs.Select(-1, 1));
        var cos = Cos.View(1, l, 1, half);
        var sin = Sin.View(1, l, 1, half);
        return Tensor.Stack([re * cos - im * sin, re * sin + im * cos], -1).View(b, l, n, 2 * half);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cos.Dispose();
        Sin.Dispose();
    }
}
