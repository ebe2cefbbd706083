namespace WanLab.Diffusion.Solvers;

/// <summary>
/// DPM-Solver++ (2M), midpoint form: second order in the predicted data, first order on the first and last steps.
/// Source: Wan2.2 wan/utils/fm_solvers.py; Lu et al., arxiv.org/abs/2211.01095.
/// </summary>
internal static class DpmSolver
{
    /// <inheritdoc cref="Diffusion.Solve"/>
    public static Tensor Solve(Denoise denoise, Tensor x, Schedule schedule, Action<int, Tensor>? onStep = null,
        CancellationToken cancellation = default)
    {
        using var all = new TensorScope();
        var sigmas = schedule.Sigmas;
        x = x.To(DType.Float32);
        Tensor? before = null; // the data predicted one step ago
        for (var i = 0; i < schedule.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            var data = Flow.Data(denoise, x, schedule.Timesteps[i], sigmas[i]);
            var next = i == 0 || sigmas[i + 1] == 0
                ? Step(x, data, null, sigmas[i], sigmas[i + 1])
                : Step(x, data, (data - before!) / Ratio(sigmas, i), sigmas[i], sigmas[i + 1]);
            before?.Dispose();
            x.Dispose();
            (before, x) = (step.Keep(data), step.Keep(next));
            onStep?.Invoke(i, x);
        }
        return all.Keep(x);
    }

    // The previous step as a multiple of this one, in lambda.
    private static float Ratio(float[] sigmas, int i)
    {
        var here = Flow.Lambda(sigmas[i]);
        return (here - Flow.Lambda(sigmas[i - 1])) / (Flow.Lambda(sigmas[i + 1]) - here);
    }

    private static Tensor Step(Tensor x, Tensor data, Tensor? slope, float from, float to)
    {
        var h = Flow.Lambda(to) - Flow.Lambda(from);
        var weight = Flow.Alpha(to) * (MathF.Exp(-h) - 1);
        var next = x * (to / from) - data * weight;
        return slope is null ? next : next - slope * (0.5f * weight);
    }
}
