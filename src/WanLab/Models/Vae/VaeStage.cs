namespace WanLab.Models.Vae;

/// <summary>The kind of one numbered entry of the encoder's "downsamples" or the decoder's "upsamples".</summary>
internal enum VaeStageKind
{
    Residual,
    Downsample,
    Upsample,
}

/// <summary>One numbered entry: its name in the weights, its channels, and whether it resamples time too.</summary>
internal sealed record VaeStage(string Name, VaeStageKind Kind, long In, long Out, bool Temporal = false)
{
    /// <summary>
    /// The encoder's stages, from fine to coarse: for each resolution its residual blocks, then a step down (none after the last).
    /// </summary>
    public static IEnumerable<VaeStage> OfEncoder(WanVaeConfig config)
    {
        var index = 0;
        long channels = config.Dim;
        for (var level = 0; level < config.DimMult.Count; level++)
        {
            long wide = config.Dim * config.DimMult[level];
            for (var block = 0; block < config.NumResBlocks; block++, channels = wide)
                yield return new VaeStage($"encoder.downsamples.{index++}", VaeStageKind.Residual, channels, wide);
            if (level < config.TemporalDownsample.Count)
                yield return new VaeStage($"encoder.downsamples.{index++}", VaeStageKind.Downsample, wide, wide,
                    config.TemporalDownsample[level]);
        }
    }

    /// <summary>
    /// The decoder's stages, from coarse to fine: for each resolution its residual blocks, then a step up, which halves the channels.
    /// </summary>
    public static IEnumerable<VaeStage> OfDecoder(WanVaeConfig config)
    {
        var index = 0;
        long channels = config.Dim * config.DimMult[^1];
        for (var level = config.DimMult.Count - 1; level >= 0; level--)
        {
            long wide = config.Dim * config.DimMult[level];
            for (var block = 0; block <= config.NumResBlocks; block++, channels = wide)
                yield return new VaeStage($"decoder.upsamples.{index++}", VaeStageKind.Residual, channels, wide);
            if (level == 0) continue;
            channels = wide / 2;
            yield return new VaeStage($"decoder.upsamples.{index++}", VaeStageKind.Upsample, wide, channels,
                config.TemporalDownsample[level - 1]);
        }
    }

    /// <summary>Names and shapes of the stage's tensors.</summary>
    public IEnumerable<WeightShape> Shapes() => Kind switch
    {
        VaeStageKind.Residual => ResidualBlock.Shapes(Name, In, Out),
        VaeStageKind.Downsample => Downsample.Shapes(Name, In, Temporal),
        _ => Upsample.Shapes(Name, In, Out, Temporal),
    };

    /// <summary>Builds the stage's layer.</summary>
    public IVaeLayer Build(ModelWeights weights) => Kind switch
    {
        VaeStageKind.Residual => new ResidualBlock(weights, Name),
        VaeStageKind.Downsample => new Downsample(weights, Name, Temporal),
        _ => new Upsample(weights, Name, Temporal),
    };
}
