using WanLab.Memory;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>Turns a failed allocation into what a user can do about it, in the order that costs least.</summary>
public static class OutOfMemory
{
    private const int Large = 1024;
    private const int Usual = 512;

    /// <summary>The error that ends a run that ran out of memory.</summary>
    public static WanLabException Explain(TorchOutOfMemoryException error, TrainingJob job) => new(
        $"Out of memory. Try one of these, the first ones first:\n{string.Join('\n', Advice(job).Select(line => $"  {line}"))}\nlibtorch says: {error.Message.Split('\n')[0]}", error);

    /// <summary>What this job can still give up, as settings to write.</summary>
    public static IReadOnlyList<string> Advice(TrainingJob job) => [.. Ways(job)];

    private static IEnumerable<string> Ways(TrainingJob job)
    {
        var most = job.Datasets.SelectMany(d => d.Resolutions).DefaultIfEmpty(0).Max();
        var frames = job.Datasets.Select(d => d.NumFrames).DefaultIfEmpty(1).Max();
        if (job.Training.BatchSize > 1) yield return "training.batch_size: 1, with gradient_accumulation for as many items a step";
        if (most >= Large) yield return $"datasets.resolutions: without {most}, until the run is stable";
        if (frames > 33) yield return "datasets.num_frames: 33, then 21";
        else if (frames > 21) yield return "datasets.num_frames: 21";
        if (job.Quantization.Transformer != TransformerQuantization.UInt4Ara) yield return "quantization.transformer: uint4+ara, or float8 where that is not to be trusted";
        if (job.Quantization.TextEncoder == TextEncoderQuantization.None) yield return "quantization.text_encoder: float8";
        if (!job.Model.LowVram) yield return "model.low_vram: true, with multistage.switch_every 10 to 50";
        if (most is > Usual and < Large) yield return $"datasets.resolutions: [{Usual}]";
        if (job.Target.Rank > 16) yield return "target.rank: 16";
        if (job.Model.LayerOffloading < 1) yield return "model.layer_offloading: 0.5, then 1: slower, and needs host memory";
        yield return "a smaller datasets.num_frames (17, 9) or resolution; or a GPU with more memory";
    }
}
