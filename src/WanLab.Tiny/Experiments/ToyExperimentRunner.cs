using System.Globalization;
using WanLab.Adapters;
using WanLab.Experiments;
using WanLab.Media;
using WanLab.Models;
using WanLab.Review.Measures;
using WanLab.Runs;
using WanLab.Sampling;
using WanLab.Tiny.Pretraining;
using WanLab.Tiny.Scenes;
using WanLab.Torch;

namespace WanLab.Tiny.Experiments;

/// <summary>The trainings and the measured samples of an experiment on the embedded model.</summary>
/// <param name="Trainings">The trainings.</param>
/// <param name="Samples">The measured samples, the base model's first.</param>
internal sealed record ToyResult(ExperimentResult Trainings, IReadOnlyList<SampleRow> Samples);

/// <summary>
/// Makes the trainings, clips and measurements of an experiment that do not exist yet. After a stop it continues where it was.
/// </summary>
/// <param name="folder">The folder for all results.</param>
/// <param name="time">The clock of the runs.</param>
/// <param name="report">Called with the progress of each training and sampling.</param>
internal sealed class ToyExperimentRunner(ExperimentFolder folder, TimeProvider time, Action<PretrainingProgress> report)
{
    private const int Side = 64;
    private const int Fps = 16;

    private readonly BaseModel _model = BaseModel.Tiny();

    /// <summary>Runs an experiment.</summary>
    /// <exception cref="WanLabException">A training failed; the others were completed.</exception>
    /// <exception cref="OperationCanceledException">Stopped; running it again continues.</exception>
    public ToyResult Run(ToyExperiment experiment, CancellationToken cancellation)
    {
        Runtime.Threads = 1; // small matrices
        var samples = Sample(experiment, "base", 0, 0, null, cancellation);
        var trainings = Train(experiment, cancellation);
        foreach (var (trial, run, error) in trainings.Rows)
        {
            if (run is null) throw new WanLabException($"{trial}: {error}");
            foreach (var step in experiment.Steps)
                samples.AddRange(Sample(experiment, trial.Variant.Name, trial.Seed!.Value, step,
                    Checkpoint(run.Folder, step, experiment.Steps), cancellation));
        }
        return new ToyResult(trainings, samples);
    }

    private ExperimentResult Train(ToyExperiment experiment, CancellationToken cancellation) => new ExperimentRunner(new ExperimentRuntime
    {
        Open = _ => _model,
        Time = time,
        Report = happened =>
        {
            if (happened is TrialProgress { Event: StepDone done } progress)
                report(new PretrainingProgress(progress.Trial.Name, done.Record.Step, done.TotalSteps, done.Record.Loss));
        },
    }).Run(experiment with
    {
        Output = folder.Runs,
        Settings = ["save.keep=0", Invariant($"save.every={experiment.Steps.Aggregate(Gcd)}"),
            Invariant($"training.steps={experiment.Steps.Max()}"), "sample.every=0"],
    }, cancellation);

    private List<SampleRow> Sample(ToyExperiment experiment, string variant, int seed, int step, LoraPair? loras,
        CancellationToken cancellation)
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
            Video = TinySampler.Settings with { Width = Side, Height = Side, NumFrames = key.Frames, Seed = key.Noise },
        };
        var sampler = new ImageToVideoSampler(_model);
        using var prepared = sampler.Prepare([request])[0];
        var clip = new RgbClip(sampler.Run(prepared, experts), Side, Side);
        Mp4Writer.Write(folder.Clip(key), clip.Pixels, Side, Side, Fps, quality: 12);
        return Measure(key, clip, truth, key.Step == 0 ? null : BaseClip(probe, key, prepared));
    }

    // Sampled again rather than read from its file, which is not exact.
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
        string? Existing(Expert expert) =>
            run.Checkpoint(expert, step == steps.Max() ? null : step) is var file && File.Exists(file) ? file : null;
        return new LoraPair(Existing(Expert.High), Existing(Expert.Low));
    }

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
