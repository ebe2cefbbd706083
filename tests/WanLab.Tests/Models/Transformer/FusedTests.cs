using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Tests.Models.Transformer;

/// <summary>The fused operators against the same formulas spelled out with plain ones, outputs and gradients.</summary>
public sealed class FusedTests : TensorTest
{
    private const double Eps = 1e-6;
    private readonly Generator _generator = new(3);

    [Theory]
    [InlineData(DType.Float32, DType.Float32)]
    [InlineData(DType.Float32, DType.BFloat16)]
    [InlineData(DType.BFloat16, DType.BFloat16)]
    public void The_fused_modulated_norm_equals_the_plain_one(DType input, DType output)
    {
        var (x, scale, shift) = (Leaf(input, 2, 5, 24), Leaf(DType.Float32, 2, 1, 24), Leaf(DType.Float32, 2, 1, 24));
        Same(
            () => Fused.ModulatedNorm(x, scale, shift, Eps, output),
            () => (F.LayerNorm(x.To(DType.Float32), eps: Eps).To(input).To(DType.Float32) * (scale + 1) + shift).To(output),
            x, scale, shift);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        var (x, narrow) = (Leaf(DType.Float32, 2, 5, 24), Leaf(DType.Float32, 2, 5, 12));
        Assert.Contains("the weight does not fit",
            Assert.Throws<TorchException>(() => Fused.RmsNorm(x, Leaf(DType.Float32, 12), 3, Eps)).Message);
        Assert.Contains("does not divide into the heads",
            Assert.Throws<TorchException>(() => Fused.RmsNorm(x, Leaf(DType.Float32, 24), 5, Eps)).Message);
        Assert.Contains("y must be as x", Assert.Throws<TorchException>(() => Fused.GatedAdd(x, narrow, null, DType.Float32)).Message);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.BFloat16)]
    public void Rms_norm_splits_into_heads(DType dtype)
    {
        var (x, weight) = (Leaf(dtype, 2, 5, 24), Leaf(dtype, 24));
        Same(() => Fused.RmsNorm(x, weight, 3, Eps), () => Heads(Rms(x, weight)).Transpose(1, 2), x, weight);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.BFloat16)]
    public void The_fused_rms_norm_and_rotation_equals_the_plain_one(DType dtype)
    {
        var (x, weight) = (Leaf(dtype, 2, 12, 24), Leaf(dtype, 24));
        using var rope = RotaryEmbedding.Build(8, 2, 2, 3, Device.Cpu);
        Same(() => Fused.RmsNormRope(x, weight, 3, rope, Eps),
            () => rope.Apply(Heads(Rms(x, weight))).To(dtype).Transpose(1, 2), x, weight);
    }

    [Theory]
    [InlineData(DType.Float32, DType.Float32, DType.Float32)]
    [InlineData(DType.BFloat16, DType.BFloat16, DType.Float32)]
    [InlineData(DType.Float32, DType.BFloat16, DType.BFloat16)]
    public void The_fused_gated_add_equals_the_plain_one(DType residual, DType branch, DType output)
    {
        var (x, y, gate) = (Leaf(residual, 2, 5, 24), Leaf(branch, 2, 5, 24), Leaf(DType.Float32, 2, 1, 24));
        Same(() => Fused.GatedAdd(x, y, gate, output), () => (x.To(DType.Float32) + y.To(DType.Float32) * gate).To(output), x, y, gate);
        Same(() => Fused.GatedAdd(x, y, null, output), () => (x.To(DType.Float32) + y.To(DType.Float32)).To(output), x, y);
    }

    private Tensor Leaf(DType dtype, params long[] shape)
    {
        var leaf = Tensor.Randn(shape, _generator).To(dtype);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static Tensor Rms(Tensor x, Tensor weight)
    {
        var wide = x.To(DType.Float32);
        return (wide * ((wide * wide).Mean([-1], keep: true) + Eps).Pow(-0.5)).To(x.DType) * weight;
    }

    private static Tensor Heads(Tensor x) => x.View(x.Size(0), x.Size(1), 3, 8);

    private void Same(Func<Tensor> fused, Func<Tensor> plain, params Tensor[] leaves)
    {
        var (output, gradients) = Run(fused, leaves);
        var (expected, expectedGradients) = Run(plain, leaves);
        Assert.Equal(expected.DType, output.DType);
        // bfloat16 keeps 8 bits: one rounding is 2^-8 of a value, and a sum of rounded terms may differ by several.
        var bound = leaves.All(leaf => leaf.DType == DType.Float32) && output.DType == DType.Float32 ? 1e-6 : 3e-2;
        Close(expected, output, bound);
        for (var k = 0; k < leaves.Length; k++) Close(expectedGradients[k], gradients[k], bound);
    }

    private (Tensor, Tensor[]) Run(Func<Tensor> compute, Tensor[] leaves)
    {
        foreach (var leaf in leaves) leaf.SetGrad(null);
        var output = compute();
        using var generator = new Generator(5);
        output.Backward(Tensor.Randn([.. output.Shape], generator).To(output.DType));
        return (output, [.. leaves.Select(leaf => leaf.Grad!.Clone())]);
    }

    private static void Close(Tensor expected, Tensor actual, double bound)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var scale = expected.To(DType.Float32).Abs().Max().Item();
        var error = (expected.To(DType.Float32) - actual.To(DType.Float32)).Abs().Max().Item();
        Assert.True(error <= bound * scale, $"error {error} of {scale}");
    }
}
