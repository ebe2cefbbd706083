using WanLab.Jobs;
using WanLab.Jobs.Schema;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>Which settings of a run may change when it is resumed.</summary>
public static class ResumeRules
{
    // Where files lie may change; that they hold the same is checked by content.
    private static readonly string[] MayChange =
    [
        "job.name", "job.output", "job.device", "model.path", "model.low_vram", "model.layer_offloading", "model.text_encoder_offloading",
        "save", "sample", "logging", "validation.every", "validation.sigmas", "training.text_encoder",
        "training.steps", "training.learning_rate", "training.lr_scheduler", "training.warmup_steps", "training.weight_decay", "training.max_grad_norm",
    ];

    private static readonly (string Key, string Reason)[] Reasons =
    [
        ("target", "the adapter that was trained so far has the old shape"),
        ("multistage", "which expert a step trains, and the optimiser state of each, follow from it"),
        ("model", "the adapter fits the model it was trained on"),
        ("quantization", "the adapter fits the weights it was trained on"),
        ("datasets", "the order of the data follows from it"),
        ("validation", "clips that were held out would be trained on, or the reverse"),
        ("job.seed", "noise, timesteps and the order of the data follow from it"),
        ("training.optimizer", "the saved state is the other optimiser's"),
    ];

    /// <summary>What changed since a run's job.yaml was written.</summary>
    /// <param name="yaml">Text of that file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="now">The job to go on with.</param>
    /// <exception cref="WanLabException">Something changed that may not; all of it is named, with the reason.</exception>
    public static IReadOnlyList<JobChange> Check(string yaml, string file, TrainingJob now)
    {
        var changes = Changes(yaml, file, now);
        var refused = changes.Where(change => !IsFree(change.Key) || IsValidationSwitch(change)).ToList();
        if (refused.Count == 0) return changes;
        var lines = refused.Select(change => $"  {change}: {Reasons.FirstOrDefault(r => IsBelow(change.Key, r.Key)).Reason ?? "the steps made so far were made with the old value"}");
        throw new WanLabException($"The run can not go on with these changes. Undo them, give the job another name, or start anew with --fresh.\n{string.Join('\n', lines)}");
    }

    /// <summary>Everything that changed since a run's job.yaml was written, whether it may or not.</summary>
    internal static IReadOnlyList<JobChange> Changes(string yaml, string file, TrainingJob now)
    {
        var before = JobSettings.Of(JobYaml.Parse(yaml, new JobSource(file, "", HasLines: true)));
        var after = JobSettings.Of(now);
        // A key that only one version of WanLab knows is no change of the user's, but list entries come and go.
        return
        [
            .. before.Keys.Union(after.Keys)
                .Where(key => key.Any(char.IsDigit) || (before.ContainsKey(key) && after.ContainsKey(key)))
                .Select(key => new JobChange(key, before.GetValueOrDefault(key, JobSettings.Nothing), after.GetValueOrDefault(key, JobSettings.Nothing)))
                .Where(change => change.Before != change.Now),
        ];
    }

    private static bool IsFree(string key) =>
        MayChange.Any(free => IsBelow(key, free)) || (IsBelow(key, "datasets") && key.Split('.')[^1] is "path" or "cache_latents");

    // With validation some clips are not trained on.
    private static bool IsValidationSwitch(JobChange change) => change is { Key: "validation.every" } and ({ Before: "0" } or { Now: "0" });

    private static bool IsBelow(string key, string section) => key == section || key.StartsWith(section + ".", StringComparison.Ordinal);
}
