namespace WanLab.Diffusion;

/// <summary>The noise levels that a solver visits.</summary>
/// <param name="Sigmas">Steps + 1 levels, falling to 0; x = (1 - sigma) data + sigma noise.</param>
/// <param name="Timesteps">The timestep given to the model at each step: 1000 sigma, cut to an integer.</param>
public sealed record Schedule(float[] Sigmas, long[] Timesteps)
{
    /// <summary>Number of steps.</summary>
    public int Steps => Timesteps.Length;
}
