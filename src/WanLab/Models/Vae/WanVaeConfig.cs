namespace WanLab.Models.Vae;

/// <summary>Sizes of the Wan 2.1 video autoencoder, which Wan 2.2 A14B uses. The defaults are the released model's.</summary>
internal sealed record WanVaeConfig
{
    /// <summary>Number of channels at full resolution.</summary>
    public int Dim { get; init; } = 96;

    /// <summary>Number of channels of a latent.</summary>
    public int ZDim { get; init; } = 16;

    /// <summary>Channels of each resolution as multiples of <see cref="Dim"/>, from fine to coarse.</summary>
    public IReadOnlyList<int> DimMult { get; init; } = [1, 2, 4, 4];

    /// <summary>Number of residual blocks per resolution in the encoder; the decoder has one more.</summary>
    public int NumResBlocks { get; init; } = 2;

    /// <summary>Whether the step to each next resolution halves time as well as space.</summary>
    public IReadOnlyList<bool> TemporalDownsample { get; init; } = [false, true, true];

    /// <summary>Mean of each latent channel over the training data.</summary>
    public IReadOnlyList<double> LatentsMean { get; init; } =
    [
        -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508,
        0.4134, -0.0715, 0.5517, -0.3632, -0.1922, -0.9497, 0.2503, -0.2921,
    ];

    /// <summary>Standard deviation of each latent channel over the training data.</summary>
    public IReadOnlyList<double> LatentsStd { get; init; } =
    [
        2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
        3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160,
    ];

    /// <summary>Number of pixels along the side of a latent pixel.</summary>
    public int SpatialFactor => 1 << (DimMult.Count - 1);

    /// <summary>Number of frames that each latent frame after the first stands for.</summary>
    public int TemporalFactor => 1 << TemporalDownsample.Count(halved => halved);

    /// <summary>Names and shapes of all tensors, by official name.</summary>
    internal IReadOnlyList<WeightShape> Shapes() =>
    [
        .. Encoder3d.Shapes(this),
        .. CausalConv3d.Shapes("conv1", 2 * ZDim, 2 * ZDim, 1, 1),
        .. CausalConv3d.Shapes("conv2", ZDim, ZDim, 1, 1),
        .. Decoder3d.Shapes(this),
    ];

    /// <summary>Reads the config.json of a diffusers VAE folder; missing keys keep their defaults.</summary>
    /// <exception cref="WanLabException">The file cannot be read, or describes another kind of VAE.</exception>
    public static WanVaeConfig FromJson(string path) => JsonFile.Read(path, "VAE configuration", json =>
    {
        // The VAE of the 5B model has the same class name in diffusers; these keys distinguish it.
        var residual = json.TryGetProperty("is_residual", out var flag) && flag.ValueKind == JsonValueKind.True;
        var patched = json.TryGetProperty("patch_size", out var patch) && patch.ValueKind == JsonValueKind.Number;
        if (residual || patched)
            throw new WanLabException($"{path}: describes the VAE of Wan 2.2 TI2V-5B. Wan 2.2 A14B uses the Wan 2.1 VAE; " +
                "take the vae folder of an A14B model.");
        var defaults = new WanVaeConfig();
        return new WanVaeConfig
        {
            Dim = Get(json, "base_dim", defaults.Dim),
            ZDim = Get(json, "z_dim", defaults.ZDim),
            DimMult = Get(json, "dim_mult", defaults.DimMult),
            NumResBlocks = Get(json, "num_res_blocks", defaults.NumResBlocks),
            TemporalDownsample = Get(json, "temperal_downsample", defaults.TemporalDownsample), // diffusers' spelling
            LatentsMean = Get(json, "latents_mean", defaults.LatentsMean),
            LatentsStd = Get(json, "latents_std", defaults.LatentsStd),
        }.Checked(path);
    });

    /// <summary>The configuration itself, if its lists fit together.</summary>
    /// <param name="source">Origin of the configuration, for the message.</param>
    /// <exception cref="WanLabException">The lists do not fit together.</exception>
    internal WanVaeConfig Checked(string source)
    {
        if (Dim < 1 || ZDim < 1 || NumResBlocks < 1 || DimMult.Count < 1 || DimMult.Any(m => m < 1))
            throw new WanLabException($"{source}: the VAE's sizes must be positive.");
        if (TemporalDownsample.Count != DimMult.Count - 1)
            throw new WanLabException($"{source}: {DimMult.Count} entries of dim_mult need {DimMult.Count - 1} of temperal_downsample, " +
                $"but there are {TemporalDownsample.Count}.");
        if (LatentsMean.Count != ZDim || LatentsStd.Count != ZDim || LatentsStd.Any(s => !(s > 0)))
            throw new WanLabException($"{source}: latents_mean and latents_std need {ZDim} numbers each (z_dim), the latter positive.");
        return this;
    }

    private static T Get<T>(JsonElement json, string key, T fallback) =>
        json.TryGetProperty(key, out var value) ? value.Deserialize<T>()! : fallback;
}
