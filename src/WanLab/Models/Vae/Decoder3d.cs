namespace WanLab.Models.Vae;

/// <summary>The decoder, from latents to pixels: input, middle, up through the resolutions, output.</summary>
internal sealed class Decoder3d(ModelWeights weights, WanVaeConfig config) : IVaeLayer
{
    private readonly IVaeLayer[] _layers =
    [
        new CausalConv3d(weights, "conv2"),
        new CausalConv3d(weights, "decoder.conv1"),
        new ResidualBlock(weights, "decoder.middle.0"),
        new AttentionBlock(weights, "decoder.middle.1"),
        new ResidualBlock(weights, "decoder.middle.2"),
        .. VaeStage.OfDecoder(config).Select(stage => stage.Build(weights)),
        new NormSiluConv(weights, "decoder.head.0", "decoder.head.2"),
    ];

    public static IEnumerable<WeightShape> Shapes(WanVaeConfig config)
    {
        long top = config.Dim * config.DimMult[^1];
        return
        [
            .. CausalConv3d.Shapes("decoder.conv1", config.ZDim, top, 3, 3),
            .. ResidualBlock.Shapes("decoder.middle.0", top, top),
            .. AttentionBlock.Shapes("decoder.middle.1", top),
            .. ResidualBlock.Shapes("decoder.middle.2", top, top),
            .. VaeStage.OfDecoder(config).SelectMany(stage => stage.Shapes()),
            .. NormSiluConv.Shapes("decoder.head.0", "decoder.head.2", config.Dim * config.DimMult[0], 3),
        ];
    }

    /// <summary>
    /// Turns [F, Z, H/8, W/8], one latent frame per clip, into [F', 3, H, W]. F' is F in the first chunk, otherwise 4F.
    /// </summary>
    public Tensor Forward(Tensor z, FeatureCache cache) => _layers.Forward(z, cache);
}
