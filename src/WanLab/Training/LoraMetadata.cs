using WanLab.Adapters;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>
/// Metadata of the LoRA files that a run writes: the run itself, and the fields that catalogues and LoRA managers show
/// (github.com/Stability-AI/ModelSpec, and the ss_ keys of kohya's trainers). No path of this machine is among them.
/// </summary>
internal static class LoraMetadata
{
    private const string Tool = "WanLab";

    /// <summary>The metadata of one expert's file.</summary>
    /// <param name="job">The job, resolved.</param>
    /// <param name="model">The model that is trained on.</param>
    /// <param name="folder">The run's folder, from which the job's paths are seen.</param>
    /// <param name="step">Number of steps made.</param>
    /// <param name="expert">The expert that the file is for.</param>
    /// <param name="modules">Its layers.</param>
    /// <param name="date">The day to write into it.</param>
    public static Dictionary<string, string> Of(
        TrainingJob job, BaseModel model, RunFolder folder, int step, Expert expert, IReadOnlyList<LoraModule> modules, DateOnly date)
    {
        var ranks = string.Join(", ", modules.Select(module => module.Down.Size(0)).Distinct().Order());
        var (from, to) = expert == Expert.High ? (job.Multistage.Boundary, 1.0) : (0.0, job.Multistage.Boundary);
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            ["job"] = JobWriter.WriteRelative(job, folder.Path),
            ["step"] = Text(step),
            ["base_model"] = model.Name,
            ["expert"] = expert.Name(),
            ["modelspec.sai_model_spec"] = "1.0.1",
            ["modelspec.architecture"] = $"{model.Name}/lora",
            ["modelspec.implementation"] = "https://github.com/Wan-Video/Wan2.2",
            ["modelspec.title"] = $"{job.Name} ({expert.Name()})",
            ["modelspec.date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["modelspec.prediction_type"] = "flow",
            ["modelspec.timestep_range"] = $"{Text((int)Math.Round(from * 1000))},{Text((int)Math.Round(to * 1000))}",
            ["software"] = Tool,
            ["ss_output_name"] = job.Name,
            ["ss_base_model_version"] = model.Name,
            ["ss_steps"] = Text(step),
            ["ss_network_dim"] = ranks,
            ["ss_network_alpha"] = ranks, // the scale is part of lora_B
        };
        if (job.TriggerWord is { } trigger)
            metadata["trigger_word"] = metadata["modelspec.trigger_phrase"] = metadata["ss_training_comment"] = trigger;
        return metadata;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
