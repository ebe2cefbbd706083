using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>Training of only the VAE's decoder, on whole clips whose latents are known.</summary>
internal sealed class DecoderTask : IPretrainingTask, IDisposable
{
    /// <summary>Name of the decoder's part in the flat model.</summary>
    public const string Part = "decoder";

    private readonly PretrainingOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentSet _data;
    private readonly WanVae[] _vaes;

    /// <param name="options">Options of the pretraining.</param>
    /// <param name="clips">The clips that the decoder should reproduce.</param>
    /// <param name="data">The latents of the clips.</param>
    /// <param name="model">The decoder's weights.</param>
    /// <param name="encoder">Returns a copy of the encoder's weights, which are not used but are part of a VAE.</param>
    public DecoderTask(PretrainingOptions options, ClipStore clips, LatentSet data, FlatModel model, Func<ModelWeights> encoder)
    {
        (_options, _clips, _data) = (options, clips, data);
        var config = options.Vae with { LatentsMean = data.Mean, LatentsStd = data.Std };
        _vaes = [.. Enumerable.Range(0, options.Workers).Select(worker =>
            new WanVae(new ModelWeights([.. model.Leaves(Part, worker).Tensors, .. encoder().Tensors]), config))];
    }

    /// <summary>Whether a tensor of the VAE belongs to the decoder.</summary>
    public static bool Owns(string name) =>
        name.StartsWith("decoder.", StringComparison.Ordinal) || name.StartsWith("conv2.", StringComparison.Ordinal);

    /// <summary>Clip numbers [B], noise on their latents [B, 16, F, h, w], and the clips [B, 3, T, H, W].</summary>
    public Tensor[] Batch(int worker, int step)
    {
        var count = Math.Max(1, _options.DecoderPhase.Batch / _options.Workers);
        var first = ((long)step * _options.Workers + worker) * count;
        long[] chosen = [.. Enumerable.Range(0, count).Select(
            k => (long)(CounterRandom.Uniform(_options.Seed, "decoder clip", first + k) * _clips.Count))];
        using var generator = new Generator(CounterRandom.Bits(_options.Seed, "decoder noise", step, worker));
        var noise = Tensor.Randn([count, .. _data.Latents.Shape.Skip(1)], generator);
        return [Tensor.From(chosen, count), noise, Tensor.Cat([.. chosen.Select(clip => _clips.Video((int)clip))], 0)];
    }

    /// <summary>The loss of a worker's clips.</summary>
    public Tensor Loss(int worker, IReadOnlyList<Tensor> batch)
    {
        var latents = _data.Latents.IndexSelect(0, batch[0]) + batch[1] * _options.DecoderNoise;
        return VaeTask.OfError(_vaes[worker].DecodeRaw(_vaes[worker].Denormalize(latents)) - batch[2], _options);
    }

    public void Dispose()
    {
        foreach (var vae in _vaes) vae.Dispose();
    }
}
