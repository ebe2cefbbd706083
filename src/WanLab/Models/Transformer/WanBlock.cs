namespace WanLab.Models.Transformer;

/// <summary>
/// One block (Wan2.2 wan/modules/model.py, WanAttentionBlock): self-attention and feed-forward, each modulated and gated
/// by the timestep, with cross-attention to the text between them.
/// Shapes: B batch, L tokens, T text tokens, D width, N heads, H head width.
/// </summary>
internal sealed class WanBlock
{
    private readonly WanTransformerConfig _config;
    private readonly Tensor _modulation_16D;
    private readonly AdaptedLinear _q, _k, _v, _o, _crossQ, _crossK, _crossV, _crossO, _up, _down;
    private readonly Tensor _normQ, _normK, _crossNormQ, _crossNormK, _norm3Weight, _norm3Bias;

    private readonly DType _residual;

    public WanBlock(ModelWeights weights, WanTransformerConfig config, int layer, DType residual)
    {
        _config = config;
        _residual = residual;
        var prefix = $"blocks.{layer}.";
        AdaptedLinear Linear(string module) =>
            new(prefix + module, weights.Matrix($"{prefix}{module}.weight"), weights[$"{prefix}{module}.bias"]);
        Tensor Weight(string name) => weights[prefix + name];

        _modulation_16D = Weight("modulation");
        (_q, _k, _v, _o) = (Linear("self_attn.q"), Linear("self_attn.k"), Linear("self_attn.v"), Linear("self_attn.o"));
        (_crossQ, _crossK, _crossV, _crossO) = (Linear("cross_attn.q"), Linear("cross_attn.k"), Linear("cross_attn.v"),
            Linear("cross_attn.o"));
        (_up, _down) = (Linear("ffn.0"), Linear("ffn.2"));
        (_normQ, _normK) = (Weight("self_attn.norm_q.weight"), Weight("self_attn.norm_k.weight"));
        (_crossNormQ, _crossNormK) = (Weight("cross_attn.norm_q.weight"), Weight("cross_attn.norm_k.weight"));
        (_norm3Weight, _norm3Bias) = (Weight("norm3.weight"), Weight("norm3.bias"));
    }

    /// <summary>Runs the block. x and the result: [B, L, D]; the result is in the residual stream's precision.</summary>
    public Tensor Forward(Tensor x_BLD, TokenState state, ILinearAdapter? adapter)
    {
        // shift, scale, gate of self-attention; shift, scale, gate of the feed-forward; each [B, 1, D], float32
        var m = (_modulation_16D.To(DType.Float32) + state.Modulation_B6D).Chunk(6, 1);
        x_BLD = Fused.GatedAdd(x_BLD, SelfAttention(Modulate(x_BLD, m[1], m[0]), state, adapter), m[2], _residual);
        x_BLD = Fused.GatedAdd(x_BLD, CrossAttention(Norm3(x_BLD), state.Text_BTD, adapter), null, _residual);
        return Fused.GatedAdd(x_BLD, FeedForward(Modulate(x_BLD, m[4], m[3]), adapter), m[5], _residual);
    }

    private Tensor SelfAttention(Tensor h_BLD, TokenState state, ILinearAdapter? adapter)
    {
        var q = Fused.RmsNormRope(_q.Forward(h_BLD, adapter), _normQ, _config.NumHeads, state.Rope, _config.Eps);
        var k = Fused.RmsNormRope(_k.Forward(h_BLD, adapter), _normK, _config.NumHeads, state.Rope, _config.Eps);
        var v = Heads(_v.Forward(h_BLD, adapter));
        return _o.Forward(Attend(q, k, v), adapter);
    }

    private Tensor CrossAttention(Tensor h_BLD, Tensor text_BTD, ILinearAdapter? adapter)
    {
        var q = Fused.RmsNorm(_crossQ.Forward(h_BLD, adapter), _crossNormQ, _config.NumHeads, _config.Eps);
        var k = Fused.RmsNorm(_crossK.Forward(text_BTD, adapter), _crossNormK, _config.NumHeads, _config.Eps);
        var v = Heads(_crossV.Forward(text_BTD, adapter));
        return _crossO.Forward(Attend(q, k, v), adapter);
    }

    private Tensor FeedForward(Tensor h_BLD, ILinearAdapter? adapter) =>
        _down.Forward(F.GeluTanh(_up.Forward(h_BLD, adapter)), adapter);

    private Tensor Modulate(Tensor x_BLD, Tensor scale_B1D, Tensor shift_B1D) =>
        Fused.ModulatedNorm(x_BLD, scale_B1D, shift_B1D, _config.Eps, _q.DType);

    private Tensor Norm3(Tensor x_BLD) =>
        F.LayerNorm(x_BLD.To(DType.Float32), _norm3Weight.To(DType.Float32), _norm3Bias.To(DType.Float32), _config.Eps)
            .To(x_BLD.DType)
            .To(_q.DType);

    // [B, L, D] -> [B, N, L, H]
    private Tensor Heads(Tensor x_BLD) => x_BLD.View(x_BLD.Size(0), x_BLD.Size(1), _config.NumHeads, _config.HeadDim).Transpose(1, 2);

    private Tensor Attend(Tensor q_BNLH, Tensor k_BNSH, Tensor v_BNSH) =>
        F.ScaledDotProductAttention(q_BNLH, k_BNSH, v_BNSH).Transpose(1, 2).Reshape(q_BNLH.Size(0), q_BNLH.Size(2), _config.Dim);
}
