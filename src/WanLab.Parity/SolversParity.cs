using WanLab.Diffusion;
using WanLab.Torch;

namespace WanLab.Parity;

/// <summary>Kind <c>solvers</c>: schedules, and every intermediate sample for a fixed velocity.</summary>
internal static class SolversParity
{
    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        var k = 0;
        foreach (var run in golden.Config.GetProperty("runs").EnumerateArray())
        {
            var solver = Solver.Parse(run.GetProperty("solver").GetString() ?? "");
            var schedule = solver.Schedule(run.GetProperty("steps").GetInt32(), run.GetProperty("shift").GetDouble());
            var samples = new List<Tensor>();
            solver.Solve(Velocity, golden[$"in.x{k}"], schedule, (_, x) => samples.Add(TensorScope.Detach(x.Clone())));
            var all = Tensor.Cat([.. samples], 0);
            foreach (var sample in samples) sample.Dispose();

            yield return ParityResult.Compare(golden, $"out.sigmas{k}", Tensor.From(schedule.Sigmas, schedule.Sigmas.Length));
            yield return ParityResult.Compare(golden, $"out.timesteps{k}", Tensor.From(schedule.Timesteps, schedule.Timesteps.Length));
            yield return ParityResult.Compare(golden, $"out.x{k}", all);
            k++;
        }
    }

    private static Tensor Velocity(Tensor x, long timestep) => x * 0.3 + (0.7 * timestep / 1000 - 0.2) + (x * 3).Sin() * 0.1;
}
