using WanLab.Models.Vae;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>
/// Training the VAE on crops: the absolute error of its reconstruction, the error of the differences between neighbouring
/// pixels, and a light pull of the posterior towards a standard normal one.
/// </summary>
internal sealed class VaeTask : IPretrainingTask, IDisposable
{
    private readonly PretrainingOptions _options;
    private readonly ClipStore _clips;
    private readonly WanVae[] _vaes;

    public VaeTask(PretrainingOptions options, ClipStore clips, FlatModel model)
    {
        (_options, _clips) = (options, clips);
        _vaes = [.. Enumerable.Range(0, options.Workers).Select(worker => new WanVae(model.Leaves("vae", worker), options.Vae))];
    }

    /// <summary>Crops [B, 3, T, H, W], and the posterior's noise [B, 16, F, h, w].</summary>
    public Tensor[] Batch(int worker, int step)
    {
        var crop = CropOf(step);
        var count = Math.Max(1, (int)(_options.VaePhase.Batch * crop.BatchShare) / _options.Workers);
        var cuts = new Tensor[count];
        Parallel.For(0, count, k => cuts[k] = Cut(crop, ((long)step * _options.Workers + worker) * count + k));
        var (time, space) = (_options.Vae.TemporalFactor, _options.Vae.SpatialFactor);
        using var generator = new Generator(CounterRandom.Bits(_options.Seed, "posterior", step, worker));
        var noise = Tensor.Randn([count, _options.Vae.ZDim, 1 + (crop.Frames - 1) / time, crop.Side / space, crop.Side / space], generator);
        return [Tensor.Cat(cuts, 0), noise];
    }

    /// <summary>The loss of a worker's crops.</summary>
    public Tensor Loss(int worker, IReadOnlyList<Tensor> batch)
    {
        var (vae, video) = (_vaes[worker], batch[0]);
        var (mean, logVariance) = vae.EncodeMoments(video);
        logVariance = logVariance.Clamp(-20, 10);
        var latent = mean + (logVariance * 0.5).Exp() * batch[1];
        var error = vae.DecodeRaw(latent) - video;
        var kl = (mean * mean + logVariance.Exp() - logVariance).Mean() * 0.5 - 0.5;
        return OfError(error, _options) + kl * _options.KlWeight;
    }

    /// <summary>The loss of a reconstruction's error, [B, 3, T, H, W].</summary>
    public static Tensor OfError(Tensor error, PretrainingOptions options) => error.Abs().Mean() + Edges(error) * options.EdgeWeight;

    public void Dispose()
    {
        foreach (var vae in _vaes) vae.Dispose();
    }

    private static Tensor Edges(Tensor error)
    {
        var (height, width) = (error.Size(3), error.Size(4));
        var down = error.Narrow(3, 1, height - 1) - error.Narrow(3, 0, height - 1);
        var across = error.Narrow(4, 1, width - 1) - error.Narrow(4, 0, width - 1);
        return down.Abs().Mean() + across.Abs().Mean();
    }

    private CropOptions CropOf(int step)
    {
        var part = step / (double)_options.VaePhase.Steps;
        CropOptions[] usable = [.. _options.Crops.Where(crop => part >= crop.From && part < crop.Until)];
        var at = CounterRandom.Uniform(_options.Seed, "crop size", step) * usable.Sum(crop => crop.Share);
        foreach (var crop in usable)
            if ((at -= crop.Share) < 0) return crop;
        return usable[^1];
    }

    private Tensor Cut(CropOptions crop, long item)
    {
        int Pick(string stream, int count) => (int)(CounterRandom.Uniform(_options.Seed, stream, item) * count);
        var free = _options.Side - crop.Side + 1;
        using var scope = new TensorScope();
        var cut = _clips.Video(Pick("crop clip", _clips.Count), Pick("crop frame", _options.Frames - crop.Frames + 1), crop.Frames,
            Pick("crop top", free), Pick("crop left", free), crop.Side);
        return scope.Keep(CounterRandom.Uniform(_options.Seed, "recolour", item) < _options.RecolourShare ? Recolour(cut, item) : cut);
    }

    // Channels in another order, some of them inverted: looks that no scene has, for adapters to learn.
    private Tensor Recolour(Tensor cut, long item)
    {
        double Draw(string stream) => CounterRandom.Uniform(_options.Seed, $"recolour {stream}", item);
        var (first, step) = ((int)(Draw("first") * 3), 1 + (int)(Draw("step") * 2));
        return Tensor.Cat(
            [.. Enumerable.Range(0, 3).Select(k => cut.Narrow(1, (first + k * step) % 3, 1) * (Draw($"sign {k}") < 0.5 ? -1 : 1))], 1);
    }
}
