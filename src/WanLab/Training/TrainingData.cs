using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Encodings;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>
/// Serves the batches of a run. All random choices are functions of (seed, position): clips, windows, caption
/// dropout, timesteps and noise; so any step can be repeated without the steps before it.
/// </summary>
internal sealed class TrainingData
{
    private readonly TrainingJob _job;
    private readonly IReadOnlyList<IReadOnlyList<EncodedClip>> _datasets;
    private readonly RunTexts _texts;
    private readonly BatchOrder _order;
    private readonly TimestepDistribution _timesteps;
    private readonly Dictionary<(int, int), double[]> _few = []; // by dataset and item

    /// <summary>Serves encoded clips, one list for each of the job's datasets.</summary>
    public TrainingData(TrainingJob job, IReadOnlyList<IReadOnlyList<EncodedClip>> datasets, RunTexts texts)
    {
        _job = job;
        _datasets = datasets;
        _texts = texts;
        _order = new BatchOrder(job.Seed, job.Training.BatchSize,
            [.. job.Datasets.Zip(datasets,
                (options, clips) => ((IReadOnlyList<Clip>)[.. clips.Select(c => c.Clip)], options.Weight, options.Repeats))]);
        _timesteps = job.Training.Timesteps();
    }

    /// <summary>The batch for an expert at a position of the run. Its tensors are in host memory.</summary>
    public TrainingBatch At(long position, Expert expert)
    {
        var places = _order.At(position);
        var items = places.Select((place, k) => Load(place, position * places.Count + k, expert)).ToList();
        var text = Texts(items.Select(item => item.Caption));
        return new TrainingBatch(
            Join(items, item => item.Latent),
            Join(items, item => item.Noise),
            Join(items, item => item.Condition),
            text,
            !_job.Training.Dop.Enabled ? null
                : items.All(item => item.ClassPrompt == item.Caption) ? text
                : Texts(items.Select(item => item.ClassPrompt)),
            [.. items.Select(item => item.Sigma)],
            [.. items.Select(item => item.Clip)],
            [.. items.Select(item => item.Record)],
            position);
    }

    /// <summary>All that a run of the job's steps draws, in its order: clips, and for each the number that chooses its window.</summary>
    public IEnumerable<(EncodedClip Clip, double U)> Draws()
    {
        var positions = (long)_job.Training.Steps * _job.Training.GradientAccumulation;
        for (long position = 0, number = 0; position < positions; position++)
            foreach (var place in _order.At(position))
                yield return (_datasets[place.Dataset][place.Item], Window(place, number++));
    }

    /// <summary>
    /// The caption with the class in place of the trigger word: the words by which the base model knows the trained subject. If a
    /// caption is dropped, its class prompt is still that of the whole caption.
    /// </summary>
    public static string ClassPrompt(string caption, TrainingJob job) =>
        Captions.ReplaceTrigger(caption, job.TriggerWord!, job.Training.Dop.Class);

    private Item Load((int Dataset, int Item) place, long number, Expert expert)
    {
        var encoded = _datasets[place.Dataset][place.Item];
        var window = Window(place, number);
        var (latent, condition) = encoded.Load(window);
        var caption = encoded.Clip.Caption;
        var trained = Captions.Drop(caption, _job.Datasets[place.Dataset].CaptionDropoutRate, Uniform("caption", number));
        var (from, to) = expert.Range(_job.Multistage.Boundary);
        return new Item(
            latent,
            Noise(latent.Shape, number),
            condition,
            trained,
            _job.Training.Dop.Enabled ? ClassPrompt(caption, _job) : "",
            _timesteps.Draw(Uniform("timestep", number), from, to),
            encoded.Clip,
            new TrainedItem(place.Dataset, encoded.Clip.Name, encoded.Start(window), trained != caption));
    }

    private static Tensor Join(List<Item> items, Func<Item, Tensor> part) =>
        items.Count == 1 ? part(items[0]) : Tensor.Cat([.. items.Select(part)], 0);

    private Tensor Texts(IEnumerable<string> texts)
    {
        Tensor[] encoded = [.. texts.Select(_texts.Load)];
        if (encoded.Length == 1) return encoded[0];
        var longest = encoded.Max(text => text.Size(1));
        return Tensor.Cat([.. encoded.Select(text => F.Pad(text, 0, 0, 0, longest - text.Size(1)))], 0);
    }

    private Tensor Noise(IReadOnlyList<long> shape, long number)
    {
        using var generator = new Generator(CounterRandom.Bits(_job.Seed, "noise", number));
        return Tensor.Randn([.. shape], generator);
    }

    // The number that chooses a native clip's window: any, or one of a few, each at a place of its own in its part of the clip.
    private double Window((int Dataset, int Item) place, long number)
    {
        var u = Uniform("window", number);
        var most = _job.Datasets[place.Dataset].NativeWindows;
        var clip = _datasets[place.Dataset][place.Item].Clip;
        if (most == 0 || clip.Sampling != FrameSampling.Native) return u;
        if (!_few.TryGetValue(place, out var few))
        {
            _few[place] = few = [.. Enumerable.Range(0, most).Select(part => (part + Uniform($"window {clip.Name}", part)) / most)
                .DistinctBy(window => clip.PickFrames(window)[0])];
        }
        return few[(int)(u * few.Length)];
    }

    private double Uniform(string stream, long number) => CounterRandom.Uniform(_job.Seed, stream, number);

    private sealed record Item(Tensor Latent, Tensor Noise, Tensor Condition, string Caption, string ClassPrompt, double Sigma, Clip Clip,
        TrainedItem Record);
}
