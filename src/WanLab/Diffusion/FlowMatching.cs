using WanLab.Torch;

namespace WanLab.Diffusion;

/// <summary>Flow matching as Wan trains it: a straight line between data and noise, and the velocity along it.</summary>
public static class FlowMatching
{
    /// <summary>x_t = (1 - sigma) x0 + sigma noise, with sigma = t / 1000.</summary>
    public static Tensor AddNoise(Tensor clean, Tensor noise, double sigma) => clean * (1 - sigma) + noise * sigma;

    /// <summary>x_t for a batch, each item at its own timestep (0..1000). clean, noise: [B, ...].</summary>
    public static Tensor AddNoise(Tensor clean, Tensor noise, IReadOnlyList<double> timesteps)
    {
        Tensor Column(Func<double, double> value) =>
            Tensor.From([.. timesteps.Select(t => (float)value(t / 1000))], [timesteps.Count, .. Enumerable.Repeat(1L, clean.Rank - 1)]).To(clean.Device);
        return clean * Column(sigma => 1 - sigma) + noise * Column(sigma => sigma);
    }

    /// <summary>What the model learns to predict: noise - x0.</summary>
    public static Tensor Target(Tensor clean, Tensor noise) => noise - clean;
}
