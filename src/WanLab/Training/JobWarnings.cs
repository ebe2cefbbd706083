using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>What a user should know about a job that only shows once its model and device are known.</summary>
internal static class JobWarnings
{
    /// <summary>Warnings, each with what to write.</summary>
    /// <param name="job">The job.</param>
    /// <param name="config">Its model's sizes.</param>
    /// <param name="onCpu">Whether it computes on the host.</param>
    public static IEnumerable<string> Of(TrainingJob job, WanTransformerConfig config, bool onCpu)
    {
        if (job.Device != "cpu" && SwitchCost.Of(job, config)?.Warning(job.Multistage.SwitchEvery) is { } slow) yield return slow;
        if (onCpu && job.Model.LayerOffloading > 0) yield return NoEffect("layer_offloading");
        if (onCpu && job.Model.TextEncoderOffloading > 0) yield return NoEffect("text_encoder_offloading");
    }

    private static string NoEffect(string key) => $"model.{key}: has no effect on the CPU, whose memory holds all weights anyway; write 0";
}
