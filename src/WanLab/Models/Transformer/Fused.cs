namespace WanLab.Models.Transformer;

/// <summary>
/// The steps of a block between its matrix products. On the host each is one fused operator of the native library; elsewhere it
/// is composed of plain operators. Both round where the official code rounds.
/// Shapes: B batch, L tokens, D width, N heads, H head width.
/// </summary>
internal static class Fused
{
    private static readonly Op ModulatedNormOp = Op.Find("wanlab::modulated_norm");
    private static readonly Op RmsNormRopeOp = Op.Find("wanlab::rms_norm_rope");
    private static readonly Op GatedAddOp = Op.Find("wanlab::gated_add");

    /// <summary>
    /// Modulated layer norm: LayerNorm(x) (1 + scale) + shift in float32, rounded to <paramref name="result"/>.
    /// x: [B, L, D]; scale, shift: [B, 1, D].
    /// </summary>
    public static Tensor ModulatedNorm(Tensor x_BLD, Tensor scale_B1D, Tensor shift_B1D, double eps, DType result)
    {
        if (x_BLD.Device.IsCpu) return ModulatedNormOp.Call(x_BLD, scale_B1D, shift_B1D, eps, result);
        // the official norm returns its input's type before the modulation widens it again
        var normed = F.LayerNorm(x_BLD.To(DType.Float32), eps: eps).To(x_BLD.DType);
        return (normed.To(DType.Float32) * (scale_B1D + 1) + shift_B1D).To(result);
    }

    /// <summary>
    /// RMS norm over the whole width: x / rms(x), rounded to x's type, then multiplied by the weight. x: [B, L, D];
    /// result: [B, N, L, H].
    /// </summary>
    public static Tensor RmsNorm(Tensor x_BLD, Tensor weight_D, int heads, double eps)
    {
        if (x_BLD.Device.IsCpu) return RmsNormRopeOp.Call(x_BLD, weight_D, heads, Arg.None, Arg.None, eps);
        return Heads(Normed(x_BLD, weight_D, eps), heads).Transpose(1, 2);
    }

    /// <summary>
    /// RMS norm over the whole width, then the rotary embedding of each head. x: [B, L, D]; result: [B, N, L, H] in x's type.
    /// </summary>
    public static Tensor RmsNormRope(Tensor x_BLD, Tensor weight_D, int heads, RotaryEmbedding rope, double eps)
    {
        if (x_BLD.Device.IsCpu) return RmsNormRopeOp.Call(x_BLD, weight_D, heads, rope.Cos, rope.Sin, eps);
        return rope.Apply(Heads(Normed(x_BLD, weight_D, eps), heads)).To(x_BLD.DType).Transpose(1, 2);
    }

    /// <summary>
    /// Gated sum: x + y gate in float32, rounded to <paramref name="result"/>. x, y: [B, L, D]; gate: [B, 1, D], or null for 1.
    /// </summary>
    public static Tensor GatedAdd(Tensor x_BLD, Tensor y_BLD, Tensor? gate_B1D, DType result)
    {
        if (x_BLD.Device.IsCpu) return GatedAddOp.Call(x_BLD, y_BLD, gate_B1D, result);
        var y = y_BLD.To(DType.Float32);
        return (x_BLD + (gate_B1D is null ? y : y * gate_B1D)).To(result);
    }

    private static Tensor Normed(Tensor x_BLD, Tensor weight_D, double eps)
    {
        var wide = x_BLD.To(DType.Float32);
        var inverse = ((wide * wide).Mean([-1], keep: true) + eps).Pow(-0.5);
        return ((wide * inverse).To(x_BLD.DType) * weight_D).To(x_BLD.DType);
    }

    private static Tensor Heads(Tensor x_BLD, int heads) => x_BLD.View(x_BLD.Size(0), x_BLD.Size(1), heads, x_BLD.Size(2) / heads);
}
