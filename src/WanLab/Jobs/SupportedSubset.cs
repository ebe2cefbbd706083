using WanLab.Datasets;
using WanLab.Jobs.Schema;

namespace WanLab.Jobs;

/// <summary>
/// What the job file describes and this version can not do yet. One row a setting: its key, when it is
/// out of reach, and what to write for now. A row goes when its feature comes.
/// </summary>
internal static class SupportedSubset
{
    private sealed record Row(string Key, Func<TrainingJob, bool> Unsupported, string Instead);

    private sealed record DatasetRow(string Key, Func<DatasetOptions, bool> Unsupported, string Instead);

    private static readonly Row[] Rows =
    [
        new("model.low_vram", j => j.Model.LowVram, "low_vram: false"),
        new("model.layer_offloading", j => j.Model.LayerOffloading > 0, "layer_offloading: 0"),
        new("model.text_encoder_offloading", j => j.Model.TextEncoderOffloading > 0, "text_encoder_offloading: 0"),
        new("quantization.transformer", j => j.Quantization.Transformer != TransformerQuantization.None, "transformer: none"),
        new("quantization.text_encoder", j => j.Quantization.TextEncoder != TextEncoderQuantization.None, "text_encoder: none"),
        new("training.text_encoder.cache", j => !j.Training.TextEncoder.Cache, "cache: true"),
        new("training.text_encoder.unload", j => j.Training.TextEncoder.Unload == TextEncoderUnload.Never, "unload: auto"),
    ];

    private static readonly DatasetRow[] DatasetRows =
    [
        new("cache_latents", d => !d.CacheLatents, "cache_latents: true"),
    ];

    /// <summary>Reports every setting that is out of reach.</summary>
    public static void Check(TrainingJob job, ReadContext context)
    {
        var written = JobSchema.Root.Write(job);
        foreach (var row in Rows)
            if (row.Unsupported(job)) Report(row.Key, row.Instead, written, context);
        for (var i = 0; i < job.Datasets.Count; i++)
            foreach (var row in DatasetRows)
                if (row.Unsupported(job.Datasets[i])) Report($"datasets.{i}.{row.Key}", row.Instead, written, context);
    }

    private static void Report(string key, string instead, JobNode written, ReadContext context)
    {
        if (context.Failed(key)) return;
        var value = written.Find(key)!.Describe();
        var what = context.IsSet(key) ? value : $"the default {value}";
        context.AddAt(key, $"{what} is not supported yet by this version; write '{instead}'", Severity.Error);
    }
}
