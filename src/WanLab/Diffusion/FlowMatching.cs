namespace WanLab.Diffusion;

/// <summary>Flow matching as in Wan's training: a straight line between data and noise, and the velocity along it.</summary>
internal static class FlowMatching
{
    /// <summary>Mixes data and noise at one noise level: x = (1 - sigma) x0 + sigma noise.</summary>
    public static Tensor AddNoise(Tensor clean, Tensor noise, double sigma) => clean * (1 - sigma) + noise * sigma;

    /// <summary>Mixes data and noise of a batch, each item at its own noise level. clean, noise: [B, ...].</summary>
    public static Tensor AddNoise(Tensor clean, Tensor noise, IReadOnlyList<double> sigmas)
    {
        Tensor Column(Func<double, double> value) =>
            Tensor.From([.. sigmas.Select(s => (float)value(s))], [sigmas.Count, .. Enumerable.Repeat(1L, clean.Rank - 1)]).To(
                clean.Device);
        return clean * Column(sigma => 1 - sigma) + noise * Column(sigma => sigma);
    }

    /// <summary>The velocity that the model learns to predict: noise - x0.</summary>
    public static Tensor Target(Tensor clean, Tensor noise) => noise - clean;
}
