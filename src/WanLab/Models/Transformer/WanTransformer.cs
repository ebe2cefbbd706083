namespace WanLab.Models.Transformer;

/// <summary>
/// The Wan 2.2 image-to-video transformer (Wan2.2 wan/modules/model.py): one expert. Its pieces are public because
/// training runs them one by one: <see cref="Prepare"/>, each <see cref="Block"/>, <see cref="Head"/>.
/// Shapes: B batch, C channels, F H W latent frames, rows, columns; L tokens, T text tokens, D width.
/// </summary>
internal sealed class WanTransformer : IDisposable
{
    private readonly ModelWeights _weights;
    private readonly WanBlock[] _blocks;
    private readonly Dictionary<(long, long, long), RotaryEmbedding> _ropes = [];

    /// <summary>Builds the model from its weights, which it owns from now on. Linear layers compute in their weights' type.</summary>
    /// <param name="weights">All tensors of <see cref="WanTransformerConfig.Shapes"/>.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="residual">Type of the residual stream: float32 as in the official code, or bfloat16 as in diffusers and
    /// ComfyUI.</param>
    public WanTransformer(ModelWeights weights, WanTransformerConfig config, DType residual = DType.Float32)
    {
        _weights = weights;
        Config = config;
        DType = weights.Matrix("blocks.0.self_attn.q.weight").DType;
        _blocks = [.. Enumerable.Range(0, config.NumLayers).Select(layer => new WanBlock(weights, config, layer, residual))];
    }

    /// <summary>Sizes of the model.</summary>
    public WanTransformerConfig Config { get; }

    /// <summary>The type that the linear layers compute in.</summary>
    public DType DType { get; }

    /// <summary>Number of bytes that the weights take.</summary>
    public long Bytes => _weights.Bytes;

    /// <summary>The device that the weights are on.</summary>
    public Device Device => _weights["head.modulation"].Device;

    /// <summary>
    /// Embeds text. context: [B, T, text width], where T is at most the model's text length and is padded to it with zeros;
    /// result: [B, text length, D].
    /// </summary>
    public Tensor EmbedText(Tensor context_BTE)
    {
        context_BTE.Expect("context", -1, -1, Config.TextDim);
        var missing = Config.TextLen - context_BTE.Size(1);
        if (missing < 0) throw new WanLabException($"A text of {context_BTE.Size(1)} tokens is longer than the model's {Config.TextLen}.");
        var padded = F.Pad(context_BTE.To(Device, DType), 0, 0, 0, missing);
        return Linear("text_embedding.2", F.GeluTanh(Linear("text_embedding.0", padded)));
    }

    /// <summary>Turns latents into tokens, and timesteps and text into the values that the blocks share.</summary>
    /// <param name="x_BCFHW">Noisy latents, [B, 16, F, H, W].</param>
    /// <param name="y_BCFHW">Mask and condition, [B, 20, F, H, W].</param>
    /// <param name="t_B">Timesteps in [0, 1000], [B].</param>
    /// <param name="text_BTD">A result of <see cref="EmbedText"/>.</param>
    internal (Tensor Tokens_BLD, TokenState State) Prepare(Tensor x_BCFHW, Tensor y_BCFHW, Tensor t_B, Tensor text_BTD)
    {
        x_BCFHW.Expect("x", -1, Config.OutDim, -1, -1, -1);
        y_BCFHW.Expect("y", x_BCFHW.Size(0), Config.InDim - Config.OutDim, x_BCFHW.Size(2), x_BCFHW.Size(3), x_BCFHW.Size(4));
        var (time, modulation) = EmbedTime(t_B);
        var (tokens, grid) = Patchify(Tensor.Cat([x_BCFHW, y_BCFHW], 1));
        return (tokens, new TokenState(time, modulation, text_BTD, Rope(grid), grid));
    }

    /// <summary>Runs one block. x and the result: [B, L, D].</summary>
    internal Tensor Block(int layer, Tensor x_BLD, TokenState state, ILinearAdapter? adapter) =>
        _blocks[layer].Forward(x_BLD, state, adapter);

    /// <summary>Turns the last block's output [B, L, D] into the velocity, [B, 16, F, H, W], float32.</summary>
    internal Tensor Head(Tensor x_BLD, TokenState state)
    {
        var m = (_weights["head.modulation"].To(DType.Float32) + state.Time_BD.Unsqueeze(1)).Chunk(2, 1);
        var h = Fused.ModulatedNorm(x_BLD, m[1], m[0], Config.Eps, DType.Float32);
        var patches = F.Linear(h, Float("head.head.weight"), Float("head.head.bias"));
        var (f, rows, columns) = state.Grid;
        var (pt, ph, pw) = WanTransformerConfig.Patch;
        return patches.View(x_BLD.Size(0), f, rows, columns, pt, ph, pw, Config.OutDim)
            .Permute(0, 7, 1, 4, 2, 5, 3, 6)
            .Reshape(x_BLD.Size(0), Config.OutDim, f * pt, rows * ph, columns * pw);
    }

    /// <summary>
    /// The velocity (noise minus data) for noisy latents, [B, 16, F, H, W], float32. Parameters as for <see cref="Prepare"/>.
    /// </summary>
    public Tensor Forward(Tensor x_BCFHW, Tensor y_BCFHW, Tensor t_B, Tensor text_BTD, ILinearAdapter? adapter = null)
    {
        using var scope = new TensorScope();
        var (x_BLD, state) = Prepare(x_BCFHW, y_BCFHW, t_B, text_BTD);
        for (var layer = 0; layer < Config.NumLayers; layer++)
        {
            using var block = new TensorScope();
            x_BLD = block.Keep(Block(layer, x_BLD, state, adapter));
        }
        return scope.Keep(Head(x_BLD, state));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        foreach (var rope in _ropes.Values) rope.Dispose();
    }

    // Sinusoid (cosines first) and both projections, in float32 for any type of the weights.
    private (Tensor Time_BD, Tensor Modulation_B6D) EmbedTime(Tensor t_B)
    {
        var half = Config.FreqDim / 2;
        var frequencies = (Tensor.Arange(0, half, dtype: DType.Float64, device: t_B.Device) * (-Math.Log(10000) / half)).Exp();
        var angles = t_B.To(DType.Float64).Unsqueeze(1) * frequencies;
        var sinusoid = Tensor.Cat([angles.Cos(), angles.Sin()], 1).To(Device, DType.Float32);
        Tensor Wide(string name, Tensor x) => F.Linear(x, Float(name + ".weight"), Float(name + ".bias"));
        var time = Wide("time_embedding.2", F.Silu(Wide("time_embedding.0", sinusoid)));
        return (time, Wide("time_projection.1", F.Silu(time)).View(t_B.Size(0), 6, Config.Dim));
    }

    // The patch convolution as a matrix product, since its kernel equals its stride. Token order: frames slowest, then rows, then columns.
    private (Tensor Tokens_BLD, (long, long, long) Grid) Patchify(Tensor x_BCFHW)
    {
        var (pt, ph, pw) = WanTransformerConfig.Patch;
        long b = x_BCFHW.Size(0), c = x_BCFHW.Size(1), f = x_BCFHW.Size(2) / pt, h = x_BCFHW.Size(3) / ph, w = x_BCFHW.Size(4) / pw;
        if (x_BCFHW.Size(3) % ph != 0 || x_BCFHW.Size(4) % pw != 0)
            throw new WanLabException($"Latents of {x_BCFHW.Size(3)} x {x_BCFHW.Size(4)} do not divide into patches of {ph} x {pw}: " +
                "video sizes must be multiples of 16.");
        var patches = x_BCFHW.To(DType).View(b, c, f, pt, h, ph, w, pw).Permute(0, 2, 4, 6, 1, 3, 5, 7).Reshape(b, f * h * w,
            c * pt * ph * pw);
        var weight = _weights["patch_embedding.weight"];
        return (F.Linear(patches, weight.View(Config.Dim, -1), _weights["patch_embedding.bias"]), (f, h, w));
    }

    private RotaryEmbedding Rope((long F, long H, long W) grid)
    {
        if (!_ropes.TryGetValue(grid, out var rope))
            _ropes[grid] = rope = RotaryEmbedding.Build(Config.HeadDim, grid.F, grid.H, grid.W, Device);
        return rope;
    }

    private Tensor Linear(string name, Tensor x) => F.Linear(x, _weights[name + ".weight"], _weights[name + ".bias"]);

    private Tensor Float(string name) => _weights[name].To(DType.Float32);
}
