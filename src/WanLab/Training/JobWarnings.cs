using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>The warnings about a job that need its model and device.</summary>
internal static class JobWarnings
{
    /// <summary>The warnings, each with the setting to write instead.</summary>
    /// <param name="job">The job.</param>
    /// <param name="config">The sizes of its model.</param>
    /// <param name="onCpu">Whether the job runs on the CPU.</param>
    public static IEnumerable<string> Of(TrainingJob job, WanTransformerConfig config, bool onCpu)
    {
        if (job.Device != "cpu" && SwitchCost.Of(job, config)?.Warning(job.Multistage.SwitchEvery) is { } slow) yield return slow;
        if (job.Sample is { Every: > 0, Prompts.Count: 0 })
            yield return "sample.prompts: is empty, so no previews are made; add '- {prompt: TEXT, image: FILE}', or write sample.every: 0";
        if (onCpu && job.Model.LayerOffloading > 0) yield return NoEffect("layer_offloading");
        if (onCpu && job.Model.TextEncoderOffloading > 0) yield return NoEffect("text_encoder_offloading");
    }

    private static string NoEffect(string key) => $"model.{key}: has no effect on the CPU, whose memory holds all weights anyway; write 0";
}
