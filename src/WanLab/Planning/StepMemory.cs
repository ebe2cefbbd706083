namespace WanLab.Planning;

/// <summary>Bytes of a training step, by part.</summary>
/// <param name="Weights">The frozen experts.</param>
/// <param name="Adapters">Adapters with their gradients and optimiser states.</param>
/// <param name="BlockInputs">Each block's input, kept for the backward pass.</param>
/// <param name="Activations">Activations inside the last block and the recomputed one.</param>
/// <param name="Gradients">Gradients in the backward pass through one block.</param>
/// <param name="Offloaded">Weights in host memory.</param>
/// <param name="Unpacked">Quantised weights of one block, unpacked for computing.</param>
public sealed record StepMemory(long Weights, long Adapters, long BlockInputs, long Activations, long Gradients, long Offloaded,
    long Unpacked)
{
    /// <summary>Total bytes on the device.</summary>
    public long Total => Weights + Adapters + BlockInputs + Activations + Gradients + Unpacked;

    /// <summary>The parts on the device by name, largest first.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Parts =>
    [
        .. new[]
        {
            ("weights", Weights), ("adapter and optimiser", Adapters), ("block inputs", BlockInputs),
            ("activations of two blocks", Activations), ("gradients of one block", Gradients),
            ("weights of one block unpacked", Unpacked),
        }.Where(part => part.Item2 > 0).OrderByDescending(part => part.Item2),
    ];

    /// <summary>
    /// The memory that <c>BlockwisePass</c> needs: L tokens, D width, F feed-forward width, N heads, T text tokens. It is the sum
    /// of a block's intermediate results; allocators and libraries need more.
    /// </summary>
    public static StepMemory Of(StepShape shape)
    {
        var c = shape.Config;
        double rows = (double)shape.Batch * shape.Tokens, w = shape.ComputeBytes, r = shape.ResidualBytes;
        double ld = rows * c.Dim, lf = rows * c.FfnDim;
        var scores = shape.FusedAttention ? 0 : rows * c.NumHeads * (shape.Tokens + (double)c.TextLen) * w;
        // Modulated norms, projections, their normed copies, attention and its output, down projection: 16; unfused
        // attention scales its queries: 2; the cross-attention's norm is float32; three residual sums.
        var block = ld * w * (16 + (shape.FusedAttention ? 0 : 2) + (w < 4 ? 1 : 0)) + ld * 4 + 3 * ld * r + 2 * lf * w + 2 * scores;
        var back = Math.Max(2 * lf * w, 2 * scores) + 3 * ld * w + 2 * ld * r;

        var weights = (shape.WeightBytes ?? c.Shapes().Sum(s => s.Shape.Aggregate(1.0, (a, b) => a * b)) * w) * shape.ResidentExperts;
        var adapters = shape.AdapterParameters * (8 + shape.OptimizerBytes) * shape.ResidentExperts;
        // Text and its projections, latents and the head are small compared with these.
        return new StepMemory(
            (long)(weights * (1 - shape.Offloaded)), (long)adapters, (long)(ld * (w + (c.NumLayers - 1) * r)), (long)(2 * block),
            (long)back, (long)(weights * shape.Offloaded), shape.UnpackedBytes);
    }
}
