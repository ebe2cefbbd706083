namespace WanLab.Torch;

/// <summary>Neural-network functions, as in torch.nn.functional.</summary>
internal static class F
{
    private static readonly Op LinearOp = Op.Find("aten::linear");
    private static readonly Op LayerNormOp = Op.Find("aten::layer_norm");
    private static readonly Op GeluOp = Op.Find("aten::gelu");
    private static readonly Op SiluOp = Op.Find("aten::silu");
    private static readonly Op TanhOp = Op.Find("aten::tanh");
    private static readonly Op SoftmaxOp = Op.Find("aten::softmax", "int");
    private static readonly Op EmbeddingOp = Op.Find("aten::embedding");
    private static readonly Op Conv3dOp = Op.Find("aten::conv3d");
    private static readonly Op Conv2dOp = Op.Find("aten::conv2d");
    private static readonly Op PadOp = Op.Find("aten::constant_pad_nd");
    private static readonly Op MseLossOp = Op.Find("aten::mse_loss");
    private static readonly Op L1LossOp = Op.Find("aten::l1_loss");
    private static readonly Op HuberLossOp = Op.Find("aten::huber_loss");
    private const int NoReduction = 0;
    private static readonly Op? AttentionOp = Op.TryFind("aten::scaled_dot_product_attention");

    /// <summary>Whether this libtorch has an attention kernel that does not hold the matrix of scores in memory.</summary>
    public static bool HasFusedAttention => AttentionOp is not null;

    /// <summary>Linear layer over the last axis: x W^T + b. W: [out, in].</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => LinearOp.Call(x, weight, bias);

    /// <summary>Layer normalisation over the last axis, with or without affine parameters.</summary>
    public static Tensor LayerNorm(Tensor x, Tensor? weight = null, Tensor? bias = null, double eps = 1e-6) =>
        LayerNormOp.Call(x, new[] { x.Size(-1) }, weight, bias, eps);

    /// <summary>GELU activation in its tanh approximation.</summary>
    public static Tensor GeluTanh(Tensor x) => GeluOp.Call(x, "tanh");

    /// <summary>SiLU activation: x sigmoid(x).</summary>
    public static Tensor Silu(Tensor x) => SiluOp.Call(x);

    /// <summary>Hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => TanhOp.Call(x);

    /// <summary>Softmax over an axis.</summary>
    public static Tensor Softmax(Tensor x, int axis) => SoftmaxOp.Call(x, axis);

    /// <summary>Rows of a table by their ids. weight: [rows, dim]; ids: any shape of Int64.</summary>
    public static Tensor Embedding(Tensor weight, Tensor ids) => EmbeddingOp.Call(weight, ids);

    /// <summary>3D convolution. x: [B, C, T, H, W]; weight: [out, C, kt, kh, kw].</summary>
    public static Tensor Conv3d(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding) =>
        Conv3dOp.Call(x, weight, bias, stride, padding);

    /// <summary>2D convolution. x: [B, C, H, W]; weight: [out, C, kh, kw].</summary>
    public static Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias, long[] stride, long[] padding) =>
        Conv2dOp.Call(x, weight, bias, stride, padding);

    /// <summary>Pads with zeros; pairs (before, after) from the last axis backwards.</summary>
    public static Tensor Pad(Tensor x, params long[] padding) => PadOp.Call(x, padding, 0.0);

    /// <summary>Mean of the squared difference.</summary>
    public static Tensor MseLoss(Tensor x, Tensor target) => MseLossOp.Call(x, target);

    /// <summary>The squared difference of each element.</summary>
    public static Tensor SquaredErrors(Tensor x, Tensor target) => MseLossOp.Call(x, target, NoReduction);

    /// <summary>The absolute difference of each element.</summary>
    public static Tensor AbsoluteErrors(Tensor x, Tensor target) => L1LossOp.Call(x, target, NoReduction);

    /// <summary>The Huber loss of each element: d^2 / 2 up to |d| = delta, delta (|d| - delta / 2) beyond.</summary>
    public static Tensor HuberErrors(Tensor x, Tensor target, double delta) => HuberLossOp.Call(x, target, NoReduction, delta);

    /// <summary>
    /// Attention: softmax(q k^T / sqrt(d)) v. q: [B, N, L, d]; k, v: [B, N, S, d]. Uses the library's fused kernel if there is one.
    /// </summary>
    public static Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v)
    {
        if (AttentionOp is not null) return AttentionOp.Call(q, k, v);
        var scores = (q * (1 / Math.Sqrt(q.Size(-1)))).MatMul(k.Transpose(-2, -1));
        return Softmax(scores, -1).MatMul(v);
    }
}
