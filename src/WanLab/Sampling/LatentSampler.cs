using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Torch;

namespace WanLab.Sampling;

/// <summary>An expert as it is sampled with.</summary>
/// <param name="Model">Its transformer.</param>
/// <param name="Adapter">What changes its linear layers; null for the base model.</param>
public readonly record struct SampledExpert(WanTransformer Model, ILinearAdapter? Adapter = null);

/// <summary>What the experts are told beside the noisy latent.</summary>
/// <param name="Y">Mask and condition, [B, 20, F, h, w], of <see cref="ImageCondition"/>.</param>
/// <param name="Context">The prompt, [B, T, text width].</param>
/// <param name="Negative">The negative prompt, likewise; may be null where no step is guided.</param>
public sealed record LatentConditions(Tensor Y, Tensor Context, Tensor? Negative);

/// <summary>A step that was made.</summary>
/// <param name="Step">Its number, from 0.</param>
/// <param name="Timestep">What the model was told.</param>
/// <param name="Expert">Whose it was.</param>
public readonly record struct LatentStep(int Step, long Timestep, Expert Expert);

/// <summary>The sampler between latents. Source: Wan2.2 wan/image2video.py.</summary>
public static class LatentSampler
{
    /// <summary>
    /// Integrates noise to a latent: each step by the expert its timestep belongs to, guided by uncond + s (cond - uncond).
    /// </summary>
    /// <param name="settings">Solver, steps, shift, guidance.</param>
    /// <param name="boundary">Sigma from which on steps are the high-noise expert's.</param>
    /// <param name="conditions">What the experts are told.</param>
    /// <param name="noise">[B, 16, F, h, w], fp32; not changed.</param>
    /// <param name="experts">Gives an expert when its first step comes; the one before is then done with, and may be freed.</param>
    /// <param name="onStep">Called after each step.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    /// <returns>The clean latent, of the noise's shape, fp32, normalised.</returns>
    public static Tensor Sample(VideoSettings settings, double boundary, LatentConditions conditions, Tensor noise,
        Func<Expert, SampledExpert> experts, Action<LatentStep>? onStep = null, CancellationToken cancellation = default)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var schedule = settings.Schedule();
        using var guided = new GuidedModel(settings, boundary, conditions, experts);
        void Report(int step, Tensor _) =>
            onStep?.Invoke(new LatentStep(step, schedule.Timesteps[step], Experts.At(Sigma(schedule.Timesteps[step]), boundary)));
        return scope.Keep(settings.Sampler.Solve(guided.Velocity, noise, schedule, Report, cancellation));
    }

    // As the official code decides: by the timestep that the model is called with, which is cut to an integer.
    private static double Sigma(long timestep) => timestep / (double)Timestep.Whole;

    // The expert whose turn it is, with the texts as it embeds them: each expert has a text embedding of its own.
    private sealed class GuidedModel(
        VideoSettings settings, double boundary, LatentConditions conditions, Func<Expert, SampledExpert> experts) : IDisposable
    {
        private Expert? _active;
        private SampledExpert _expert;
        private Tensor? _text, _negative;

        public Tensor Velocity(Tensor x, long timestep)
        {
            Activate(Experts.At(Sigma(timestep), boundary));
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
