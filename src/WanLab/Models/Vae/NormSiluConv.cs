namespace WanLab.Models.Vae;

/// <summary>RMS norm, SiLU, 3x3x3 convolution: half a residual block, and the last step of encoder and decoder.</summary>
internal sealed class NormSiluConv(ModelWeights weights, string norm, string conv) : IVaeLayer
{
    private readonly RmsNorm _norm = new(weights, norm);
    private readonly CausalConv3d _conv = new(weights, conv);

    public static IEnumerable<WeightShape> Shapes(string norm, string conv, long input, long output) =>
    [
        new($"{norm}.gamma", input, 1, 1, 1),
        .. CausalConv3d.Shapes(conv, input, output, 3, 3),
    ];

    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        return scope.Keep(_conv.Convolve(Activate(x, cache), cache.Batch));
    }

    // In a scope of its own, so that intermediate results are freed before the convolution allocates memory.
    private Tensor Activate(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        return scope.Keep(_conv.Extend(F.Silu(_norm.Forward(x)), cache));
    }
}
