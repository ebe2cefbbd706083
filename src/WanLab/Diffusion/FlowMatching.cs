using WanLab.Torch;

namespace WanLab.Diffusion;

/// <summary>Flow matching as Wan trains it: a straight line between data and noise, and the velocity along it.</summary>
public static class FlowMatching
{
    /// <summary>x_t = (1 - sigma) x0 + sigma noise, with sigma = t / 1000.</summary>
    public static Tensor AddNoise(Tensor clean, Tensor noise, double sigma) => clean * (1 - sigma) + noise * sigma;

    /// <summary>What the model learns to predict: noise - x0.</summary>
    public static Tensor Target(Tensor clean, Tensor noise) => noise - clean;
}
