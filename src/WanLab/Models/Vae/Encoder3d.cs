namespace WanLab.Models.Vae;

/// <summary>The encoder, from pixels to the moments of the latent: input, down through the resolutions, middle, output.</summary>
internal sealed class Encoder3d(ModelWeights weights, WanVaeConfig config) : IVaeLayer
{
    private readonly IVaeLayer[] _layers =
    [
        new CausalConv3d(weights, "encoder.conv1"),
        .. VaeStage.OfEncoder(config).Select(stage => stage.Build(weights)),
        new ResidualBlock(weights, "encoder.middle.0"),
        new AttentionBlock(weights, "encoder.middle.1"),
        new ResidualBlock(weights, "encoder.middle.2"),
        new NormSiluConv(weights, "encoder.head.0", "encoder.head.2"),
        new CausalConv3d(weights, "conv1"),
    ];

    public static IEnumerable<WeightShape> Shapes(WanVaeConfig config)
    {
        long top = config.Dim * config.DimMult[^1];
        return
        [
            .. CausalConv3d.Shapes("encoder.conv1", 3, config.Dim, 3, 3),
            .. VaeStage.OfEncoder(config).SelectMany(stage => stage.Shapes()),
            .. ResidualBlock.Shapes("encoder.middle.0", top, top),
            .. AttentionBlock.Shapes("encoder.middle.1", top),
            .. ResidualBlock.Shapes("encoder.middle.2", top, top),
            .. NormSiluConv.Shapes("encoder.head.0", "encoder.head.2", top, 2 * config.ZDim),
        ];
    }

    /// <summary>
    /// Turns [F, 3, H, W] into [F', 2 Z, H/8, W/8]: means, then log variances. F' is F in the first chunk, otherwise F/4.
    /// </summary>
    public Tensor Forward(Tensor x, FeatureCache cache) => _layers.Forward(x, cache);
}
