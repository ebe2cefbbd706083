using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Pretraining;

/// <summary>Training the VAE's decoder alone, on whole clips whose latents are known.</summary>
internal sealed class DecoderTask : IDisposable
{
    /// <summary>What the flat model calls its part.</summary>
    public const string Part = "decoder";

    private readonly PretrainingOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentSet _data;
    private readonly WanVae[] _vaes;

    /// <param name="options">What to make.</param>
    /// <param name="clips">What the decoder should give.</param>
    /// <param name="data">Their latents.</param>
    /// <param name="model">The decoder's weights.</param>
    /// <param name="encoder">Gives a copy of the encoder's, which are not used but belong to a VAE.</param>
    public DecoderTask(PretrainingOptions options, ClipStore clips, LatentSet data, FlatModel model, Func<ModelWeights> encoder)
    {
        (_options, _clips, _data) = (options, clips, data);
        var config = options.Vae with { LatentsMean = data.Mean, LatentsStd = data.Std };
        _vaes = [.. Enumerable.Range(0, options.Workers).Select(worker =>
            new WanVae(new ModelWeights([.. model.Leaves(Part, worker).Tensors, .. encoder().Tensors]), config))];
    }

    /// <summary>Whether a tensor of the VAE is the decoder's.</summary>
    public static bool Owns(string name) => name.StartsWith("decoder.", StringComparison.Ordinal) || name.StartsWith("conv2.", StringComparison.Ordinal);

    /// <summary>The loss of a worker's clips of a step.</summary>
    public Tensor Loss(int worker, int step)
    {
        var count = Math.Max(1, _options.DecoderPhase.Batch / _options.Workers);
        var first = ((long)step * _options.Workers + worker) * count;
        long[] chosen = [.. Enumerable.Range(0, count).Select(k => (long)(CounterRandom.Uniform(_options.Seed, "decoder clip", first + k) * _clips.Count))];
        var latents = _data.Latents.IndexSelect(0, Tensor.From(chosen, count).To(_data.Latents.Device));
        using var generator = new Generator(CounterRandom.Bits(_options.Seed, "decoder noise", step, worker));
        latents += Tensor.Randn([.. latents.Shape], generator).To(latents.Device) * _options.DecoderNoise;
        var video = Tensor.Cat([.. chosen.Select(clip => _clips.Video((int)clip))], 0).To(latents.Device);
        return VaeTask.OfError(_vaes[worker].DecodeRaw(_vaes[worker].Denormalize(latents)) - video, _options);
    }

    public void Dispose()
    {
        foreach (var vae in _vaes) vae.Dispose();
    }
}
