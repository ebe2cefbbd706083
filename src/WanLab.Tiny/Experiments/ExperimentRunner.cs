using System.Globalization;
using WanLab.Adapters;
using WanLab.Jobs;
using WanLab.Media;
using WanLab.Models;
using WanLab.Review.Measures;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Tiny.Pretraining;
using WanLab.Tiny.Scenes;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tiny.Experiments;

/// <summary>Makes what an experiment needs and is not there yet: trainings, clips, measures. Stopped, it goes on where it was.</summary>
/// <param name="datasets">Folder of the example data sets.</param>
/// <param name="folder">Where everything is kept.</param>
/// <param name="time">The clock of the runs.</param>
/// <param name="report">Told how far each training and sampling is.</param>
public sealed class ExperimentRunner(string datasets, ExperimentFolder folder, TimeProvider time, Action<PretrainingProgress> report)
{
    private const int Side = 64;
    private const int Fps = 16;

    private readonly BaseModel _model = BaseModel.Tiny();

    /// <summary>Runs an experiment and returns what was measured on all its samples, the base model's first.</summary>
    /// <exception cref="OperationCanceledException">Stopped; running it again goes on.</exception>
    public IReadOnlyList<SampleRow> Run(Experiment experiment, CancellationToken cancellation)
    {
        Runtime.Threads = 1; // small matrices
        var rows = Sample(experiment, "base", 0, 0, null, cancellation);
        foreach (var variant in experiment.Variants)
            foreach (var seed in experiment.Seeds)
            {
                var run = Train(variant, seed, experiment.Steps, cancellation);
                foreach (var step in experiment.Steps)
                {
                    var loras = Checkpoint(run, step, experiment.Steps);
                    rows.AddRange(Sample(experiment, variant.Name, seed, step, loras, cancellation));
                }
            }
        return rows;
    }

    /// <summary>The folder of a variant's training.</summary>
    public RunFolder RunOf(Variant variant, int seed) => RunFolder.Open(folder.Runs, NameOf(variant, seed));

    private RunFolder Train(Variant variant, int seed, IReadOnlyList<int> steps, CancellationToken cancellation)
    {
        var run = RunOf(variant, seed);
        if (steps.All(step => Checkpoint(run, step, steps) is not { High: null, Low: null })) return run;
        var every = steps.Aggregate(Gcd);
        var (job, _) = JobReader.Load(Path.Combine(datasets, variant.Dataset, "job.yaml"),
        [
            $"job.name={NameOf(variant, seed)}", $"job.output={folder.Runs}", $"job.seed={seed}", "save.keep=0", Invariant($"save.every={every}"),
            Invariant($"training.steps={steps.Max()}"), "sample.every=0", .. variant.Settings,
        ]);
        var trainer = new Trainer(job, _model, run, new TrainerRuntime
        {
            CacheFolder = Path.Combine(CacheFolder.Path, "encoded"),
            Time = time,
            Resume = run.HasRun,
            Report = happened =>
            {
                if (happened is StepDone done) report(new PretrainingProgress(NameOf(variant, seed), done.Record.Step, done.TotalSteps, done.Record.Loss));
            },
        });
        trainer.Run(cancellation);
        cancellation.ThrowIfCancellationRequested();
        return run;
    }

    private List<SampleRow> Sample(Experiment experiment, string variant, int seed, int step, LoraPair? loras, CancellationToken cancellation)
    {
        var keys = (from probe in experiment.Probes
                    from frames in experiment.Frames
                    from noise in Enumerable.Range(1, experiment.Noises)
                    select (Probe: probe, Key: new SampleKey(variant, seed, step, probe.Name, frames, noise))).ToList();
        using var scope = new TensorScope();
        var open = new List<IDisposable>();
        try
        {
            Func<Expert, SampledExpert>? experts = null;
            var rows = new List<SampleRow>();
            foreach (var (probe, key) in keys)
            {
                cancellation.ThrowIfCancellationRequested();
                if (folder.Measured(key) is not { } row)
                {
                    experts ??= OpenExperts(loras, open);
                    row = Make(probe, key, experts);
                    folder.Keep(key, row);
                }
                rows.Add(row);
                report(new PretrainingProgress(Invariant($"samples {variant}-{seed} {step}"), rows.Count, keys.Count));
            }
            return rows;
        }
        finally
        {
            foreach (var item in open) item.Dispose();
        }
    }

    // Both experts stay open: they are small.
    private Func<Expert, SampledExpert> OpenExperts(LoraPair? loras, List<IDisposable> open)
    {
        var experts = Experts.All.ToDictionary(expert => expert, expert =>
        {
            var source = new ExpertSource(_model, e => LoraFiles.Open(loras, e, _model));
            open.Add(source);
            return source.Open(expert);
        });
        return expert => experts[expert];
    }

    private SampleRow Make(Probe probe, SampleKey key, Func<Expert, SampledExpert> experts)
    {
        var truth = new RgbClip(SceneRenderer.Render(probe.Scene, Side, Side, key.Frames, Fps), Side, Side);
        var image = folder.Image(probe);
        if (!File.Exists(image)) PngWriter.Write(image, truth.Frame(0), Side, Side);
        var request = new SampleRequest
        {
            Prompt = probe.Prompt,
            Image = image,
            Width = Side,
            Height = Side,
            NumFrames = key.Frames,
            Seed = key.Noise,
            Solver = TinySampler.Settings,
        };
        var sampler = new ImageToVideoSampler(_model);
        using var prepared = sampler.Prepare([request])[0];
        var clip = new RgbClip(sampler.Run(prepared, experts), Side, Side);
        Mp4Writer.Write(folder.Clip(key), clip.Pixels, Side, Side, Fps, quality: 12);
        return Measure(key, clip, truth, key.Step == 0 ? null : BaseClip(probe, key, prepared));
    }

    // Sampled anew rather than read from its file, which is not exact.
    private RgbClip BaseClip(Probe probe, SampleKey key, PreparedSample prepared)
    {
        var identity = (probe.Name, key.Frames, key.Noise);
        if (_base.TryGetValue(identity, out var known)) return known;
        using var source = new ExpertSource(_model);
        return _base[identity] = new RgbClip(new ImageToVideoSampler(_model).Run(prepared, source.Open), Side, Side);
    }

    private readonly Dictionary<(string, int, int), RgbClip> _base = [];

    private static SampleRow Measure(SampleKey key, RgbClip clip, RgbClip truth, RgbClip? ofBase)
    {
        var middle = clip.Frames / 2;
        return new SampleRow
        {
            Variant = key.Variant,
            Seed = key.Seed,
            Step = key.Step,
            Probe = key.Probe,
            Noise = key.Noise,
            Frames = key.Frames,
            Camera = CameraMotionFit.Of(clip, Fps),
            TrueOrbitRate = CameraMotionFit.Of(truth, Fps).OrbitRate,
            SecondHalf = CameraMotionFit.Of(clip.Part(middle, clip.Frames - middle), Fps),
            Motion = ClipMeasures.MotionAmount(clip),
            Flicker = ClipMeasures.Flicker(clip),
            SharpnessKept = ClipMeasures.Sharpness(clip, clip.Frames - 1) / ClipMeasures.Sharpness(clip, 0),
            Colors = ColorStatistics.Of(clip, middle),
            FirstFrame = ClipMeasures.Psnr(clip.Frame(0), truth.Frame(0)),
            Truth = ClipMeasures.Psnr(clip.Pixels, truth.Pixels),
            AgainstBase = ofBase is null ? null : ClipMeasures.Psnr(clip.Pixels, ofBase.Pixels),
        };
    }

    // The last checkpoint has no number.
    private static LoraPair Checkpoint(RunFolder run, int step, IReadOnlyList<int> steps)
    {
        string? Existing(Expert expert) => run.Checkpoint(expert, step == steps.Max() ? null : step) is var file && File.Exists(file) ? file : null;
        return new LoraPair(Existing(Expert.High), Existing(Expert.Low));
    }

    private static string NameOf(Variant variant, int seed) => Invariant($"{variant.Name}-{seed}");

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
