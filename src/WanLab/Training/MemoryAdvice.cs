using WanLab.Datasets;
using WanLab.Media;
using WanLab.Memory;
using WanLab.Training.Optimizers;

namespace WanLab.Training;

/// <summary>One way to reduce the memory that a job needs.</summary>
/// <param name="Text">The settings to write, and a note about them.</param>
/// <param name="Job">The job with these settings; null if the saving is known only after reading the clips again.</param>
internal sealed record MemorySaving(string Text, TrainingJob? Job = null);

/// <summary>
/// The settings a job can still change to need less memory, cheapest first: the planner's advice before a run, and the advice
/// after a run that ran out of memory.
/// </summary>
internal static class MemoryAdvice
{
    private const int Usual = 512;
    private const int ShortClip = 21;
    private const int FewestFrames = 5;

    /// <summary>The savings that the job does not use yet.</summary>
    public static IEnumerable<MemorySaving> For(TrainingJob job)
    {
        var frames = job.Datasets.Select(d => d.NumFrames).DefaultIfEmpty(1).Max();
        var (training, model) = (job.Training, job.Model);
        foreach (var smaller in FewerResolutions(job)) yield return smaller;
        if (training.BatchSize > 1)
            yield return new("training.batch_size: 1, with gradient_accumulation for as many items a step",
                job with { Training = training with { BatchSize = 1 } });
        if (frames > ShortClip) yield return FewerFrames(job, frames);
        if (job.Quantization.Transformer != TransformerQuantization.UInt4Ara)
            yield return new("quantization.transformer: uint4+ara", Packed(job, TransformerQuantization.UInt4Ara));
        if (job.Quantization.Transformer == TransformerQuantization.None)
            yield return new("quantization.transformer: float8, where 4 bits lose too much", Packed(job, TransformerQuantization.Float8));
        if (job.Quantization.TextEncoder == TextEncoderQuantization.None) yield return new("quantization.text_encoder: float8");
        if (!model.LowVram && job.Multistage.TrainsBoth)
            yield return new("model.low_vram: true, with multistage.switch_every 10 to 50",
                job with { Model = model with { LowVram = true } });
        if (job.Target.Rank > 16) yield return new("target.rank: 16", job with { Target = job.Target with { Rank = 16 } });
        if (training.Optimizer != OptimizerType.AdamW8Bit)
            yield return new("training.optimizer: adamw8bit",
                job with { Training = training with { Optimizer = OptimizerType.AdamW8Bit } });
        if (model.Residual == ResidualPrecision.Fp32)
            yield return new("model.residual: bf16", job with { Model = model with { Residual = ResidualPrecision.Bf16 } });
        if (model.LayerOffloading < 1 && job.Device != "cpu")
            yield return new("model.layer_offloading: 0.5, then 1: slower, and needs host memory",
                job with { Model = model with { LayerOffloading = Math.Max(0.5, model.LayerOffloading) } });
        if (job.Multistage.TrainsBoth)
            yield return new("multistage.low_noise: false, and a second run for the other expert",
                job with { Multistage = job.Multistage with { LowNoise = false } });
        if (frames is > FewestFrames and <= ShortClip) yield return FewerFrames(job, frames);
        if (SmallerResolution(job) is { } least) yield return least;
        yield return new("smaller datasets.resolutions, or a GPU with more memory");
    }

    // Without the largest, then without the two largest, and so on down to the smallest, or to the usual one if that is below.
    private static IEnumerable<MemorySaving> FewerResolutions(TrainingJob job)
    {
        var all = job.Datasets.SelectMany(d => d.Resolutions).Distinct().OrderDescending().ToList();
        foreach (var limit in all.Skip(1)) yield return AtMost(job, limit);
        if (all.Count > 0 && all[^1] > Usual) yield return AtMost(job, Usual);
    }

    private static MemorySaving? SmallerResolution(TrainingJob job)
    {
        var least = job.Datasets.SelectMany(d => d.Resolutions).Append(Usual).Min();
        var smaller = ClipSize.SideAtMost(least * 3 / 4);
        return job.Datasets.Count > 0 && smaller < least ? AtMost(job, smaller) : null;
    }

    private static MemorySaving AtMost(TrainingJob job, int limit)
    {
        IReadOnlyList<DatasetOptions> datasets =
        [
            .. job.Datasets.Select(d => d with
            {
                Resolutions = d.Resolutions.Any(r => r <= limit) ? [.. d.Resolutions.Where(r => r <= limit)] : [limit],
            }),
        ];
        var lists = datasets.Select(d => $"[{string.Join(", ", d.Resolutions)}]").Distinct().ToList();
        var text = lists.Count == 1 ? lists[0] : $"none above {limit}";
        return new($"datasets.resolutions: {text}", job with { Datasets = datasets });
    }

    private static MemorySaving FewerFrames(TrainingJob job, int frames)
    {
        var fewer = ClipSize.FramesAtMost((frames + 1) / 2);
        return new($"datasets.num_frames: {fewer}",
            job with { Datasets = [.. job.Datasets.Select(d => d with { NumFrames = Math.Min(d.NumFrames, fewer) })] });
    }

    private static TrainingJob Packed(TrainingJob job, TransformerQuantization kind) =>
        job with { Quantization = job.Quantization with { Transformer = kind } };
}
