namespace WanLab.Diffusion.Solvers;

/// <summary>
/// Arithmetic that the exponential solvers share, in fp32 as the official code computes it: alpha = 1 - sigma and
/// lambda = ln alpha - ln sigma. At sigma 0 and 1 lambda is infinite; IEEE arithmetic carries that through.
/// </summary>
internal static class Flow
{
    public static float Alpha(float sigma) => 1 - sigma;

    public static float Lambda(float sigma) => MathF.Log(1 - sigma) - MathF.Log(sigma);

    /// <summary>exp(x) - 1, exact to the last bits of fp32 even near 0: fp64 has more digits than the difference loses.</summary>
    public static float ExpM1(float x) => MathF.Abs(x) < 1e-5f ? x + x * x / 2 : (float)(Math.Exp(x) - 1);

    /// <summary>The data that a velocity points to: x - sigma v.</summary>
    public static Tensor Data(Denoise denoise, Tensor x, long timestep, float sigma) => x - denoise(x, timestep).To(DType.Float32) * sigma;
}
