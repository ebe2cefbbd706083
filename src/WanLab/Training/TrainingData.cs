using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Torch;
using WanLab.Training.Encoding;

namespace WanLab.Training;

/// <summary>One item as the model sees it. B is 1; F H W are latent frames, rows and columns.</summary>
/// <param name="Clean_BCFHW">Latents, [1, 16, F, H, W].</param>
/// <param name="Noise_BCFHW">Noise of the same shape.</param>
/// <param name="Condition_BCFHW">Mask and condition, [1, 20, F, H, W].</param>
/// <param name="Text_BTE">Encoded caption, [1, tokens, text width].</param>
/// <param name="Timestep">0..1000.</param>
/// <param name="Clip">Where it comes from.</param>
public sealed record TrainingItem(Tensor Clean_BCFHW, Tensor Noise_BCFHW, Tensor Condition_BCFHW, Tensor Text_BTE, double Timestep, Clip Clip);

/// <summary>
/// Serves the items of a run. Everything random is a function of (seed, position): which clip, which window, whether the
/// caption is dropped, timestep and noise; so any step can be made again without those before it.
/// </summary>
public sealed class TrainingData
{
    private readonly TrainingJob _job;
    private readonly IReadOnlyList<IReadOnlyList<EncodedClip>> _datasets;
    private readonly TextCache _texts;
    private readonly TrainingOrder _order;
    private readonly TimestepDistribution _timesteps;

    /// <summary>Serves encoded clips, one list for each of the job's datasets.</summary>
    public TrainingData(TrainingJob job, IReadOnlyList<IReadOnlyList<EncodedClip>> datasets, TextCache texts)
    {
        _job = job;
        _datasets = datasets;
        _texts = texts;
        _order = new TrainingOrder(job.Seed, [.. job.Datasets.Zip(datasets, (options, clips) => new DatasetShare(clips.Count, options.Weight, options.Repeats))]);
        _timesteps = new TimestepDistribution(job.Training.TimestepType, job.Training.Shift);
    }

    /// <summary>The item at a position of the run, for an expert.</summary>
    public TrainingItem At(long position, Expert expert)
    {
        var place = _order.At(position);
        var encoded = _datasets[place.Dataset][place.Item];
        var window = (int)(Uniform("window", position) * encoded.Windows.Count);
        var (latent, condition) = encoded.Load(window);
        var caption = Captions.Drop(encoded.Clip.Caption, _job.Datasets[place.Dataset].CaptionDropoutRate, Uniform("caption", position));
        var (from, to) = expert.Range(_job.Multistage.Boundary);
        return new TrainingItem(
            latent,
            Noise(latent.Shape, position),
            condition,
            _texts.Load(caption),
            _timesteps.Draw(Uniform("timestep", position), from, to),
            encoded.Clip);
    }

    private Tensor Noise(IReadOnlyList<long> shape, long position)
    {
        using var generator = new Generator(CounterRandom.Bits(_job.Seed, "noise", position));
        return Tensor.Randn([.. shape], generator);
    }

    private double Uniform(string stream, long position) => CounterRandom.Uniform(_job.Seed, stream, position);
}
