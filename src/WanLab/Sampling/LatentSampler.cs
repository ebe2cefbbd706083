using WanLab.Diffusion;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;

namespace WanLab.Sampling;

/// <summary>An expert in the form used for sampling.</summary>
/// <param name="Model">The expert's transformer.</param>
/// <param name="Adapter">Adapter of the linear layers; null for the base model.</param>
internal readonly record struct SampledExpert(WanTransformer Model, ILinearAdapter? Adapter = null);

/// <summary>The inputs of the experts in addition to the noisy latent.</summary>
/// <param name="Y">Mask and condition from <see cref="ImageCondition"/>, [B, 20, F, h, w].</param>
/// <param name="Context">The prompt, [B, T, text width].</param>
/// <param name="Negative">The negative prompt, [B, T, text width]; may be null where no step is guided.</param>
internal sealed record LatentConditions(Tensor Y, Tensor Context, Tensor? Negative);

/// <summary>A completed step.</summary>
/// <param name="Step">Number of the step, from 0.</param>
/// <param name="Timestep">Timestep that was given to the model.</param>
/// <param name="Expert">Expert that made the step.</param>
internal readonly record struct LatentStep(int Step, long Timestep, Expert Expert);

/// <summary>The sampler from noise to a latent. Source: Wan2.2 wan/image2video.py.</summary>
internal static class LatentSampler
{
    /// <summary>
    /// Integrates noise to a latent: each step with the expert that its timestep belongs to, guided by uncond + s (cond - uncond).
    /// </summary>
    /// <param name="settings">Solver, steps, shift, guidance.</param>
    /// <param name="boundary">Sigma from which on steps belong to the high-noise expert.</param>
    /// <param name="conditions">Inputs of the experts in addition to the noisy latent.</param>
    /// <param name="noise">[B, 16, F, h, w], fp32; not changed.</param>
    /// <param name="experts">Opens an expert at its first step; the previous expert is then no longer used and may be freed.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>The clean latent in the noise's shape, fp32, normalised.</returns>
    public static Tensor Sample(VideoSettings settings, double boundary, LatentConditions conditions, Tensor noise,
        Func<Expert, SampledExpert> experts, Action<LatentStep>? onStep = null, CancellationToken cancellation = default)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var schedule = settings.Schedule();
        using var guided = new GuidedModel(settings, boundary, conditions, experts);
        void Report(int step, Tensor _) =>
            onStep?.Invoke(new LatentStep(step, schedule.Timesteps[step], Experts.At(Timestep.Sigma(schedule.Timesteps[step]), boundary)));
        return scope.Keep(settings.Sampler.Solve(guided.Velocity, noise, schedule, Report, cancellation));
    }

    // As in the official code, the timestep that the model is called with decides, and that is cut to an integer.

    // The current expert, with the texts as it embeds them: each expert has its own text embedding.
    private sealed class GuidedModel(
        VideoSettings settings, double boundary, LatentConditions conditions, Func<Expert, SampledExpert> experts) : IDisposable
    {
        private Expert? _active;
        private SampledExpert _expert;
        private Tensor? _text, _negative;

        public Tensor Velocity(Tensor x, long timestep)
        {
            Activate(Experts.At(Timestep.Sigma(timestep), boundary));
            var t = Tensor.Full([x.Size(0)], timestep, DType.Float64);
            Tensor Predict(Tensor text) => _expert.Model.Forward(x, conditions.Y, t, text, _expert.Adapter);

            var conditional = Predict(_text!);
            if (_negative is null) return conditional;
            var unconditional = Predict(_negative);
            return unconditional + (conditional - unconditional) * settings.GuidanceScale[_active!.Value];
        }

        public void Dispose()
        {
            _text?.Dispose();
            _negative?.Dispose();
            (_text, _negative) = (null, null);
        }

        private void Activate(Expert expert)
        {
            if (_active == expert) return;
            Dispose();
            (_expert, _active) = (experts(expert), expert);
            _text = TensorScope.Detach(_expert.Model.EmbedText(conditions.Context));
            if (settings.GuidanceScale[expert] == 1) return;
            _negative = TensorScope.Detach(_expert.Model.EmbedText(conditions.Negative
                ?? throw new ArgumentException($"a guidance of {settings.GuidanceScale[expert]} needs the negative prompt",
                    nameof(conditions))));
        }
    }
}
