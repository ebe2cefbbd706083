namespace WanLab.Diffusion.Solvers;

/// <summary>The first-order solver: x += (sigma' - sigma) v.</summary>
internal static class Euler
{
    /// <inheritdoc cref="Diffusion.Solve"/>
    public static Tensor Solve(Denoise denoise, Tensor x, Schedule schedule, Action<int, Tensor>? onStep = null,
        CancellationToken cancellation = default)
    {
        using var all = new TensorScope();
        x = x.To(DType.Float32);
        for (var i = 0; i < schedule.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            using var before = x;
            var velocity = denoise(x, schedule.Timesteps[i]).To(DType.Float32);
            x = step.Keep(x + velocity * (schedule.Sigmas[i + 1] - schedule.Sigmas[i]));
            onStep?.Invoke(i, x);
        }
        return all.Keep(x);
    }
}
