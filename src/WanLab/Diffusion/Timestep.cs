namespace WanLab.Diffusion;

/// <summary>
/// The unit of time that the model is called with and that plots show: 1000 sigma. Everything from a draw to the model's
/// call, and from a schedule to a solver, is in sigma, the share of noise, 0 to 1.
/// </summary>
internal static class Timestep
{
    /// <summary>The timestep of pure noise.</summary>
    public const int Whole = 1000;

    /// <summary>The timestep of a noise level.</summary>
    public static double Of(double sigma) => Whole * sigma;

    /// <summary>The noise level of a schedule's timestep.</summary>
    public static double Sigma(long timestep) => timestep / (double)Whole;
}
