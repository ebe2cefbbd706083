using WanLab.Torch;

namespace WanLab.Models.Transformer;

/// <summary>
/// The normalisations of a block. Shapes: B batch, L tokens, D width, N heads, H head width.
/// </summary>
internal static class Fused
{
    /// <summary>LayerNorm(x) (1 + scale) + shift in float32, rounded to <paramref name="result"/>. x: [B, L, D]; scale, shift: [B, 1, D].</summary>
    public static Tensor ModulatedNorm(Tensor x_BLD, Tensor scale_B1D, Tensor shift_B1D, double eps, DType result)
    {
        // the official norm returns its input's type before the modulation widens it again
        var normed = F.LayerNorm(x_BLD.To(DType.Float32), eps: eps).To(x_BLD.DType);
        return (normed.To(DType.Float32) * (scale_B1D + 1) + shift_B1D).To(result);
    }

    /// <summary>x / rms(x) over the whole width, rounded to x's type, then times the weight. x: [B, L, D].</summary>
    public static Tensor RmsNorm(Tensor x_BLD, Tensor weight_D, double eps)
    {
        var wide = x_BLD.To(DType.Float32);
        var inverse = ((wide * wide).Mean([-1], keep: true) + eps).Pow(-0.5);
        return (wide * inverse).To(x_BLD.DType) * weight_D;
    }

    /// <summary>RmsNorm over the whole width, split into heads, rotated. x: [B, L, D]; result: [B, N, L, H] in x's type.</summary>
    public static Tensor RmsNormRope(Tensor x_BLD, Tensor weight_D, int heads, RotaryEmbedding rope, double eps)
    {
        var normed = RmsNorm(x_BLD, weight_D, eps);
        var rotated = rope.Apply(normed.View(x_BLD.Size(0), x_BLD.Size(1), heads, x_BLD.Size(2) / heads));
        return rotated.To(x_BLD.DType).Transpose(1, 2);
    }
}
