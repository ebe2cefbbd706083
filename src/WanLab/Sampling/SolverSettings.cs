using WanLab.Diffusion;
using WanLab.Models;

namespace WanLab.Sampling;

/// <summary>How a latent is integrated from noise.</summary>
public sealed record SolverSettings
{
    /// <summary><c>unipc</c>, <c>dpm++</c> or <c>euler</c>.</summary>
    public string Name { get; init; } = "unipc";

    /// <summary>Steps.</summary>
    public int Steps { get; init; } = 25;

    /// <summary>Shift of the noise schedule.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Classifier-free guidance of each expert; 1 is none, and takes half the time.</summary>
    public PerExpert Guidance { get; init; } = 3.5;

    /// <summary>Sigma from which on steps are the high-noise expert's.</summary>
    public double Boundary { get; init; } = 0.9;

    /// <summary>An expert's guidance.</summary>
    public double GuidanceOf(Expert expert) => Guidance[expert];

    /// <summary>The experts that have steps to do, in order.</summary>
    public IReadOnlyList<Expert> Experts() => [.. Schedule().Timesteps.Select(t => Models.Experts.At(t / (double)Timestep.Whole, Boundary)).Distinct()];

    /// <summary>Whether an expert that has steps to do is guided, so that the negative prompt counts.</summary>
    public bool NeedsNegative() => Experts().Any(expert => GuidanceOf(expert) != 1);

    /// <summary>The noise levels.</summary>
    /// <exception cref="WanLabException">A setting is out of range.</exception>
    public Schedule Schedule() => Solver.Parse(Name).Schedule(Steps, Shift);
}
