namespace WanLab.Diffusion.Solvers;

/// <summary>
/// UniPC of order 2 with B(h) = exp(h) - 1 ("bh2"), predicting data: each step first corrects the current sample with
/// the new prediction, then predicts the next sample. First order on the first and last steps.
/// Source: Wan2.2 wan/utils/fm_solvers_unipc.py; Zhao et al., arxiv.org/abs/2302.04867.
/// </summary>
public static class UniPc
{
    /// <inheritdoc cref="Diffusion.Solve"/>
    internal static Tensor Solve(Denoise denoise, Tensor x, Schedule schedule, Action<int, Tensor>? onStep = null,
        CancellationToken cancellation = default)
    {
        using var all = new TensorScope();
        var sigmas = schedule.Sigmas;
        x = x.To(DType.Float32);
        Tensor? m0 = null, m1 = null; // data predicted one and two steps ago
        Tensor? last = null;          // the corrected sample one step ago
        var order = 0;                // order of the step that led to x
        for (var i = 0; i < schedule.Steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = new TensorScope();
            var m = Flow.Data(denoise, x, schedule.Timesteps[i], sigmas[i]); // at the sample before its correction
            var here = i == 0 ? x : Correct(last!, m, m0!, order == 2 ? m1 : null, sigmas, i);
            order = Math.Min(Math.Min(2, schedule.Steps - i), i + 1);
            var next = Predict(here, m, order == 2 ? m0 : null, sigmas, i);

            m1?.Dispose();
            last?.Dispose();
            if (here != x) x.Dispose();
            (m1, m0, last, x) = (m0, step.Keep(m), step.Keep(here), step.Keep(next));
            onStep?.Invoke(i, x);
        }
        return all.Keep(x);
    }

    // From sigma i to i + 1; m1 is null for the first order.
    private static Tensor Predict(Tensor x, Tensor m0, Tensor? m1, float[] sigmas, int i)
    {
        var s = new Stride(sigmas[i], sigmas[i + 1]);
        var first = s.First(x, m0);
        if (m1 is null) return first;
        var slope = (m1 - m0) / s.Ratio(sigmas[i - 1]);
        return first - slope * 0.5 * s.Weight;
    }

    // Again from sigma i - 1 to i, now that the data prediction m at its end is known; m1 is null for the first order.
    private static Tensor Correct(Tensor last, Tensor m, Tensor m0, Tensor? m1, float[] sigmas, int i)
    {
        var s = new Stride(sigmas[i - 1], sigmas[i]);
        var first = s.First(last, m0);
        if (m1 is null) return first - (m - m0) * 0.5 * s.Weight;

        var rk = s.Ratio(sigmas[i - 2]);
        var phi1 = s.Phi / s.Hh - 1;
        var b1 = phi1 / s.Phi;
        var b2 = (phi1 / s.Hh - 0.5f) * 2 / s.Phi;
        var rho0 = (b1 - b2) / (1 - rk); // [[1, 1], [rk, 1]] rho = [b1, b2]
        var rho1 = b1 - rho0;
        return first - ((m1 - m0) / rk * rho0 + (m - m0) * rho1) * s.Weight;
    }

    /// <summary>The numbers of one step between two noise levels, in fp32.</summary>
    private readonly struct Stride(float from, float to)
    {
        private readonly float _lambda = Flow.Lambda(from);

        /// <summary>Minus the step in lambda.</summary>
        public float Hh { get; } = -(Flow.Lambda(to) - Flow.Lambda(from));

        public float Phi => Flow.ExpM1(Hh);

        public float Weight => Flow.Alpha(to) * Phi;

        public Tensor First(Tensor x, Tensor data) => x * (to / from) - data * Weight;

        public float Ratio(float earlier) => (Flow.Lambda(earlier) - _lambda) / -Hh;
    }
}
