using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Media;
using WanLab.Memory;
using WanLab.Models.Transformer;
using WanLab.Training;

namespace WanLab.Planning;

/// <summary>Computes the resources a job will need, from its settings and its clips. No weights are read.</summary>
internal static class Planner
{
    /// <summary>Share of a device's memory that a step may take; the rest is for libraries and gaps that allocators cannot fill.</summary>
    public const double Usable = 0.92;

    // A saving below this share would not show in the numbers.
    private const double Visible = 0.001;

    /// <summary>Plans a job.</summary>
    /// <param name="job">A checked job.</param>
    /// <param name="datasets">The job's scanned datasets.</param>
    /// <param name="deviceBytes">Memory of the device, if it is known.</param>
    /// <exception cref="WanLabException">The model's configuration cannot be read, or a module pattern fits no layer.</exception>
    public static JobPlan Plan(TrainingJob job, IReadOnlyList<Dataset> datasets, long? deviceBytes = null)
    {
        var config = BaseModel.FromJob(job.Model).Config;
        var adapter = AdapterParameters(config, job.Target);
        var heldOut = job.Validation.Every > 0 && job.Validation.Holdout.Folder is null
            ? HoldoutSplit.Choose(datasets, job.Validation.Holdout.Share, job.Seed)
            : new HashSet<string>();
        var buckets = Buckets(job, config, adapter, datasets);
        var (times, timed) = EarlierTimes.Of(job);
        var onCpu = job.Device == "cpu" || (job.Device == "auto" && Runtime.CudaCount == 0);
        var plan = new JobPlan
        {
            Job = job,
            Datasets = datasets,
            HeldOut = heldOut,
            Buckets = buckets,
            Parameters = config.Shapes().Sum(s => s.Count),
            AdapterParameters = adapter,
            CacheBytes = CacheBytes(job, config, datasets),
            CheckpointBytes = CheckpointBytes(job, adapter),
            Timesteps = TimestepPlan.Of(job),
            StepSeconds = times.Parts,
            ModelShare = times.ModelShare,
            TimedRun = timed,
            OnCpu = onCpu,
            DeviceBytes = deviceBytes,
            Switching = SwitchCost.Of(job, config),
            Warnings = [.. JobWarnings.Of(job, config, onCpu)],
        };
        return plan.Fits ? plan : plan with
        {
            Advice = [.. Savings(job, config, datasets).Select(way => (way.Change, way.Bytes))],
            Together = Together(job, config, datasets, plan.Room),
        };
    }

    private static long AdapterParameters(WanTransformerConfig config, TargetOptions target) =>
        LoraAdapter.Select(config, target.Modules).Sum(name =>
        {
            var (rows, columns) = config.LinearShape(string.Join('.', name.Split('.').Skip(2)));
            return target.Rank * (rows + columns);
        });

    private static IReadOnlyList<BucketPlan> Buckets(TrainingJob job, WanTransformerConfig config, long adapter,
        IReadOnlyList<Dataset> datasets) =>
    [
        .. datasets.SelectMany(d => d.Clips)
            .GroupBy(clip => (clip.Bucket, clip.NumFrames))
            .Select(group =>
            {
                var (bucket, frames) = group.Key;
                var tokens = new ClipSize(bucket.Width, bucket.Height, frames).Tokens;
                return new BucketPlan(bucket, frames, group.Count(), tokens, StepMemory.Of(Shape(job, config, adapter, tokens)));
            })
            .OrderByDescending(bucket => bucket.Memory.Total)
            .ThenBy(bucket => bucket.Bucket.ToString(), StringComparer.Ordinal),
    ];

    private static StepShape Shape(TrainingJob job, WanTransformerConfig config, long adapter, long tokens)
    {
        var compute = job.Model.ComputeBytes;
        return new StepShape
        {
            Config = config,
            Tokens = tokens,
            Batch = job.Training.BatchSize,
            WeightBytes = WeightSizes.OfExpert(config, job.Quantization, compute),
            UnpackedBytes = job.Quantization.Transformer == TransformerQuantization.None ? 0 : WeightSizes.OfBlock(config, compute),
            ComputeBytes = compute,
            ResidualBytes = job.Model.Residual == ResidualPrecision.Bf16 ? 2 : 4,
            AdapterParameters = adapter,
            OptimizerBytes = OptimizerBytes(job.Training),
            ResidentExperts = job.Multistage.TrainsBoth && !job.Model.LowVram ? 2 : 1,
            Offloaded = job.Model.LayerOffloading,
            FusedAttention = F.HasFusedAttention,
        };
    }

    private static double OptimizerBytes(TrainingOptions training) => training.Optimizer.StateBytes + (training.Ema.Enabled ? 4 : 0);

    private static long CacheBytes(TrainingJob job, WanTransformerConfig config, IReadOnlyList<Dataset> datasets)
    {
        const long bytes = 4;
        var cached = datasets.Where(d => d.Options.CacheLatents).SelectMany(d => d.Clips).ToList();
        var native = cached.Where(clip => clip.Sampling == FrameSampling.Native).ToList();
        var latents = cached.Where(clip => clip.Sampling != FrameSampling.Native).Sum(DrawnWindows.BytesOf);
        // Each draw may be a window of its own, unless the job says how many there are.
        if (native.Count > 0)
        {
            var drawn = (double)native.Max(DrawnWindows.BytesOf) * job.Training.Steps * job.Training.GradientAccumulation
                * job.Training.BatchSize;
            var there = datasets.Where(d => d.Options.CacheLatents).Sum(d => d.Options.NativeWindows == 0 ? double.PositiveInfinity
                : d.Clips.Where(clip => clip.Sampling == FrameSampling.Native).Sum(DrawnWindows.BytesOf) * (double)d.Options.NativeWindows);
            latents += (long)Math.Min(DrawnWindows.MostBytes, Math.Min(drawn, there));
        }
        var texts = job.Training.TextEncoder.Cache
            ? datasets.SelectMany(d => d.Texts).Distinct().Count() + 2L * job.Sample.Prompts.Count
            : 0;
        return latents + texts * config.TextLen * config.TextDim * bytes;
    }

    private static long CheckpointBytes(TrainingJob job, long adapter)
    {
        var experts = job.Multistage.TrainsBoth ? 2 : 1;
        var written = job.Training.Steps / job.Save.Every;
        var kept = job.Save.Keep == 0 ? written : Math.Min(written, job.Save.Keep);
        var number = job.Save.DType == SaveDType.Fp32 ? 4 : 2;
        const int states = 3; // two kept and one being written
        return (long)(experts * adapter * ((kept + 1.0) * number + states * (4 + OptimizerBytes(job.Training))));
    }

    // Advice must give a job that can run, and bring a saving that can be seen.
    private static IEnumerable<(string Change, TrainingJob Job, long Bytes)> Savings(TrainingJob job, WanTransformerConfig config,
        IReadOnlyList<Dataset> datasets)
    {
        var before = Largest(job, config, Resized(datasets, job));
        foreach (var way in MemoryAdvice.For(job))
        {
            if (way.Job is not { } smaller || !IsSupported(smaller)) continue;
            var bytes = Largest(smaller, config, Resized(datasets, smaller));
            if (bytes < before * (1 - Visible)) yield return (way.Text, smaller, bytes);
        }
    }

    // Takes the first change that helps, and again, until the job fits or no change is left.
    private static CombinedAdvice Together(TrainingJob job, WanTransformerConfig config, IReadOnlyList<Dataset> datasets, long room)
    {
        var changes = new Dictionary<string, string>();
        var bytes = Largest(job, config, datasets);
        while (bytes > room && Savings(job, config, datasets).FirstOrDefault() is { Job: { } smaller } saving)
        {
            changes[saving.Change.Split(':')[0]] = saving.Change; // a later change of a key takes the place of an earlier one
            (job, bytes) = (smaller, saving.Bytes);
        }
        return new CombinedAdvice([.. changes.Values], bytes);
    }

    // The same clips at the sizes and with at most the frames that a changed job uses.
    private static IReadOnlyList<Dataset> Resized(IReadOnlyList<Dataset> datasets, TrainingJob job) =>
    [
        .. datasets.Zip(job.Datasets, (dataset, options) => dataset with
        {
            Clips =
            [
                .. dataset.Clips.Select(clip => clip with
                {
                    NumFrames = Math.Min(clip.NumFrames, options.NumFrames),
                    Bucket = Bucketing.Choose(clip.Info.Width, clip.Info.Height, options.Resolutions) ?? clip.Bucket,
                }),
            ],
        }),
    ];

    private static long Largest(TrainingJob job, WanTransformerConfig config, IReadOnlyList<Dataset> datasets) =>
        Buckets(job, config, AdapterParameters(config, job.Target), datasets)[0].Memory.Total;

    private static bool IsSupported(TrainingJob job)
    {
        try
        {
            JobReader.Check(job);
            return true;
        }
        catch (WanLabException)
        {
            return false;
        }
    }
}
