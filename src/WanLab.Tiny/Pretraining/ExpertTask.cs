using WanLab.Diffusion;
using WanLab.Models.Transformer;
using WanLab.Models.Umt5;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// Training an expert by flow matching on a range of timesteps: the squared error of the predicted velocity. The text
/// encoder's weights are trained too if they are leaves.
/// </summary>
internal sealed class ExpertTask(
    string name, PhaseOptions phase, PretrainingOptions options, LatentSet data, CaptionSet captions,
    (double From, double To) range, IReadOnlyList<WanTransformer> transformers, IReadOnlyList<Umt5Encoder> encoders) : IPretrainingTask
{
    private readonly TimestepDistribution _timesteps = new(TimestepType.Shift, options.Shift);

    /// <summary>Clip numbers [B], sigmas [B], noise [B, 16, F, h, w], token numbers and mask [B, T].</summary>
    public Tensor[] Batch(int worker, int step)
    {
        var count = phase.Batch / options.Workers;
        var first = ((long)step * options.Workers + worker) * count;
        double Draw(string stream, int k) => CounterRandom.Uniform(options.Seed, $"{name} {stream}", first + k);
        long[] clips = [.. Enumerable.Range(0, count).Select(k => (long)(Draw("clip", k) * data.Latents.Size(0)))];
        double[] sigmas = [.. Enumerable.Range(0, count).Select(k => _timesteps.Draw(Draw("timestep", k), range.From, range.To))];
        using var generator = new Generator(CounterRandom.Bits(options.Seed, $"{name} noise", step, worker));
        var noise = Tensor.Randn([count, .. data.Latents.Shape.Skip(1)], generator);
        var (ids, mask) = captions.Batch([.. clips.Select((clip, k) => ((int)clip, Draw("caption", k) < options.CaptionDropout))]);
        return [Tensor.From(clips, count), Tensor.From(sigmas, count), noise, ids, mask];
    }

    /// <summary>The loss of a worker's clips.</summary>
    public Tensor Loss(int worker, IReadOnlyList<Tensor> batch)
    {
        var (index, sigma_B, noise) = (batch[0], batch[1], batch[2]);
        var clean = data.Latents.IndexSelect(0, index);
        var sigma = sigma_B.To(DType.Float32).View(-1, 1, 1, 1, 1);
        var noisy = clean * (1 - sigma) + noise * sigma;
        var transformer = transformers[worker];
        var text = transformer.EmbedText(encoders[worker % encoders.Count].Forward(batch[3], batch[4]));
        var velocity = transformer.Forward(noisy, data.Conditions.IndexSelect(0, index), sigma_B * Timestep.Whole, text);
        return F.MseLoss(velocity, FlowMatching.Target(clean, noise));
    }
}
