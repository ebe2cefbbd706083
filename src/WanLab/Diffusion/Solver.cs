using WanLab.Diffusion.Solvers;

namespace WanLab.Diffusion;

/// <summary>A model's velocity, noise minus data, for the sample <paramref name="x"/> at an integer timestep (0..1000).</summary>
public delegate Tensor Denoise(Tensor x, long timestep);

/// <summary>
/// Integrates from noise to data along a schedule. The sample is kept in fp32.
/// </summary>
/// <param name="denoise">The model; its result may have any float type. Tensors it makes are freed after the step.</param>
/// <param name="x">The starting noise; not changed.</param>
/// <param name="schedule">The noise levels to visit.</param>
/// <param name="onStep">Called after each step with its number (from 0) and the new sample, which is freed at the next step:
/// clone it to keep it.</param>
/// <param name="cancellation">Checked before each step.</param>
/// <returns>The data, fp32.</returns>
public delegate Tensor Solve(Denoise denoise, Tensor x, Schedule schedule, Action<int, Tensor>? onStep = null,
    CancellationToken cancellation = default);

/// <summary>A solver with the schedule that belongs to it.</summary>
/// <param name="Name">The solver's name in the job file.</param>
/// <param name="Schedule">Makes the schedule for a number of steps and a shift.</param>
/// <param name="Solve">Integrates from noise to data.</param>
public sealed record Solver(string Name, Func<int, double, Schedule> Schedule, Solve Solve) : INamed
{
    /// <summary>UniPC of order 2, the official default.</summary>
    public static Solver UniPc { get; } = new("unipc", Schedules.UniPc, Solvers.UniPc.Solve);

    /// <summary>DPM-Solver++ (2M).</summary>
    public static Solver DpmPlusPlus { get; } = new("dpm++", Schedules.DpmSolver, DpmSolver.Solve);

    /// <summary>Euler; for few-step distilled models.</summary>
    public static Solver Euler { get; } = new("euler", Schedules.DpmSolver, Solvers.Euler.Solve);

    /// <summary>All solvers.</summary>
    public static IReadOnlyList<Solver> All { get; } = Words.Values<Solver>();

    /// <summary>Finds a solver by its name in the job file.</summary>
    /// <exception cref="WanLabException">No solver has that name.</exception>
    public static Solver Parse(string name) => All.FirstOrDefault(solver => solver.Name == name)
        ?? throw new WanLabException($"There is no sampler '{name}'; write one of {string.Join(", ", All.Select(solver => solver.Name))}.");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
