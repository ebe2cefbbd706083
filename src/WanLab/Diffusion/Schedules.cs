namespace WanLab.Diffusion;

/// <summary>The official schedules. Levels are computed in fp64 and then cut (timesteps) or rounded to fp32 (sigmas).</summary>
public static class Schedules
{
    /// <summary>
    /// The schedule of the official UniPC sampler: evenly spaced from 0.999, the highest level of the training table, then shifted.
    /// Source: Wan2.2 wan/utils/fm_solvers_unipc.py, set_timesteps.
    /// </summary>
    public static Schedule UniPc(int steps, double shift) => FromTop(0.999f, steps, shift); // via fp32, as in that table

    /// <summary>
    /// The schedule of the official DPM++ sampler: evenly spaced from 1, then shifted. Euler, which has no official sampler, uses it
    /// too, as in DiffSynth-Studio. Source: Wan2.2 wan/utils/fm_solvers.py, get_sampling_sigmas.
    /// </summary>
    internal static Schedule DpmSolver(int steps, double shift) => FromTop(1, steps, shift);

    /// <summary>
    /// A noise level after the shift: shift sigma / (1 + (shift - 1) sigma). A shift above 1 spends more steps at high noise.
    /// </summary>
    public static double Shift(double sigma, double shift) => shift * sigma / (1 + (shift - 1) * sigma);

    private static Schedule FromTop(double top, int steps, double shift)
    {
        if (steps < 1) throw new WanLabException($"A sampler needs at least 1 step, not {steps}.");
        if (!(shift > 0) || double.IsInfinity(shift)) throw new WanLabException($"The shift must be a number above 0, not {shift}.");
        var sigmas = new float[steps + 1];
        var timesteps = new long[steps];
        for (var i = 0; i < steps; i++)
        {
            var sigma = Shift(top + i * (-top / steps), shift);
            sigmas[i] = (float)sigma;
            timesteps[i] = (long)Timestep.Of(sigma);
        }
        return new Schedule(sigmas, timesteps);
    }
}
