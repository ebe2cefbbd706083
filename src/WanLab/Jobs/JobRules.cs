using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Memory;
using WanLab.Training;
using WanLab.Training.Optimizers;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>Rules between keys: contradictions are errors, settings without effect are warnings.</summary>
internal static class JobRules
{
    private sealed record Rule(string Key, Func<TrainingJob, bool> Broken, string Message);

    private const int MostFrames = 81;

    private const string NoTrigger = "holds [trigger], but there is no job.trigger_word to replace it with; set one";

    private static readonly Rule[] Errors =
    [
        new("multistage.high_noise", j => !j.Multistage.HighNoise && !j.Multistage.LowNoise,
            "high_noise and low_noise are both false, so nothing would be trained; set one of them to true"),
        new("model.path", j => j.Model.Architecture == ModelArchitecture.Wan22I2V14B && j.Model.Path is null,
            "is missing; wan22-i2v-14b needs the model's folder, or a mapping {high, low, vae, text_encoder, tokenizer} of files"),
        new("training.text_encoder.unload", j => j.Training.TextEncoder is { Unload: TextEncoderUnload.Always, Cache: false },
            "cannot be true while training.text_encoder.cache is false: the encoder is needed at every step; write 'unload: auto'"),
        new("training.dop.enabled", j => j.Training.Dop.Enabled && j.TriggerWord is null,
            "needs a trigger word to replace by the class; set job.trigger_word"),
    ];

    private static readonly Rule[] Doubts =
    [
        new("training.learning_rate",
            j => j.Training.Optimizer == OptimizerType.Prodigy && Math.Min(j.Training.LearningRate.High, j.Training.LearningRate.Low) < 0.1,
            "is a factor on the step size that prodigy finds by itself, so a small one almost stops the training; write 1"),
        new("training.warmup_steps", j => j.Training.WarmupSteps >= j.Training.Steps,
            "is not below training.steps, so the learning rate never reaches its value; lower it"),
        new("sample.prompts", j => j.TriggerWord is null && j.Sample.Prompts.Any(p => p.Prompt.Contains("[trigger]")),
            NoTrigger),
        new("training.dop.class", j => j.Training.Dop.Enabled && string.IsNullOrWhiteSpace(j.Training.Dop.Class),
            "is empty, so captions without their trigger word are held to the base model, and no class is; write what the subject is one " +
                "of, such as person"),
        new("datasets", j => j.Datasets.Count > 0 && j.Datasets.All(d => d.IsRegularization),
            "are all regularization sets, so nothing is trained that they could balance; is_regularization: true is for a second set " +
                "of other subjects"),
    ];

    // Reported only where the value is not the default, because a resolved job file writes every key.
    private static readonly Rule[] Idle =
    [
        new("quantization.ara", j => j.Quantization.Transformer != TransformerQuantization.UInt4Ara, "quantization.transformer: uint4+ara"),
        new("multistage.high_share", OneExpert, "both experts trained"),
        new("multistage.switch_every", OneExpert, "both experts trained"),
        new("training.shift", j => j.Training.TimestepType != TimestepType.Shift, "training.timestep_type: shift"),
        new("training.ema.decay", j => !j.Training.Ema.Enabled, "training.ema.enabled: true"),
        new("training.dop.multiplier", j => !j.Training.Dop.Enabled, "training.dop.enabled: true"),
        new("training.dop.class", j => !j.Training.Dop.Enabled, "training.dop.enabled: true"),
        new("advanced.differential_guidance.scale", j => !j.Advanced.DifferentialGuidance.Enabled,
            "advanced.differential_guidance.enabled: true"),
        new("datasets.0.weight", j => j.Datasets.Count == 1, "more than one dataset"),
        new("validation.holdout", j => j.Validation.Every == 0, "validation.every above 0"),
        new("validation.sigmas", j => j.Validation.Every == 0, "validation.every above 0"),
    ];

    /// <summary>Adds the problems of <paramref name="job"/>; keys whose value could not be read are skipped.</summary>
    public static void Check(TrainingJob job, ReadContext context)
    {
        foreach (var rule in Errors)
            if (rule.Broken(job) && !context.Failed(rule.Key)) context.AddAt(rule.Key, rule.Message, Severity.Error);
        foreach (var rule in Doubts)
            if (rule.Broken(job) && !context.Failed(rule.Key)) context.AddAt(rule.Key, rule.Message, Severity.Warning);

        if (!context.Failed("training.steps") && !context.Failed("multistage") && Untrained(job) is { } untrained)
            context.AddAt("training.steps", untrained, Severity.Warning);
        foreach (var (key, doubt) in Previewed(job).Concat(Sigmas(job)))
            if (!context.Failed(key)) context.AddAt(key, doubt, Severity.Warning);
        for (var i = 0; i < job.Datasets.Count; i++)
        {
            if (job.Datasets[i].NumFrames > MostFrames && !context.Failed($"datasets.{i}.num_frames"))
                context.AddAt($"datasets.{i}.num_frames", FormattableString.Invariant($"is more than the {MostFrames} frames that ") +
                    "Wan 2.2 was made for, so what comes after them drifts; write 81 or fewer", Severity.Warning);
            if (job.TriggerWord is null && HoldsTrigger(job.Datasets[i].DefaultCaption) && !context.Failed($"datasets.{i}.default_caption"))
                context.AddAt($"datasets.{i}.default_caption", NoTrigger, Severity.Warning);
            if (job.Datasets[i].NumFrames == 1 && !context.Failed($"datasets.{i}.num_frames"))
                context.AddAt($"datasets.{i}.num_frames", "items of one frame are trained without a condition image, which would be the " +
                    "expected output itself: they teach appearance, not motion, and not how to keep to an image", Severity.Warning);
        }

        var written = JobForm.Keys.Write(job);
        var plain = JobForm.Keys.Write(JobForm.Keys.Blank with { Datasets = [new() { Path = "" }] });
        foreach (var rule in Idle)
            if (rule.Broken(job) && !context.Failed(rule.Key) && Differ(written.Find(rule.Key), plain.Find(rule.Key)))
                context.AddAt(rule.Key, $"has no effect without {rule.Message}; delete it, or change that", Severity.Warning);
    }

    // Motion of another length than the trained one plays at another speed; a single image has none.
    private static IEnumerable<(string Key, string Doubt)> Previewed(TrainingJob job)
    {
        int[] trained = [.. job.Datasets.Select(d => d.NumFrames).Where(n => n > 1).Distinct().Order()];
        if (trained.Length == 0) yield break;
        var own = false;
        for (var i = 0; i < job.Sample.Prompts.Count; i++)
        {
            var (frames, every) = (job.Sample.For(i).NumFrames, job.Sample.For(i).Every);
            if (every == 0 || frames == 1 || trained.Contains(frames)) continue;
            if (frames != job.Sample.NumFrames) yield return ($"sample.prompts.{i}.num_frames", Text(frames));
            else if (!own)
            {
                own = true;
                yield return ("sample.num_frames", Text(frames));
            }
        }

        string Text(int frames) => FormattableString.Invariant($"is {frames}, but clips are trained with ") +
            $"{string.Join(" and ", trained)} frames, so motion in previews can be faster or slower than in the clips; write " +
            $"{(trained.Length == 1 ? "the same number" : "one of these")}, or compare their speed with that in mind";
    }

    private static IEnumerable<(string Key, string Doubt)> Sigmas(TrainingJob job)
    {
        if (job.Validation.Every == 0) yield break;
        var boundary = job.Multistage.Boundary;
        foreach (var expert in ExpertSchedule.Of(job.Multistage).Trained)
        {
            string[] outside =
            [
                .. job.Validation.Sigmas[expert].Where(s => Experts.At(s, boundary) != expert)
                    .Select(s => s.ToString(CultureInfo.InvariantCulture)),
            ];
            if (outside.Length == 0) continue;
            var (name, side) = expert == Expert.High ? ("high", "from") : ("low", "below");
            yield return ($"validation.sigmas.{name}", $"{string.Join(", ", outside)}: outside the {expert.Title()} expert's range, " +
                string.Create(CultureInfo.InvariantCulture, $"{side} {boundary}, so the loss there is of noise that it never meets"));
        }
    }

    private static bool HoldsTrigger(string text) => text.Contains(Captions.Placeholder, StringComparison.Ordinal);

    // The file of an expert that never had a turn would change nothing; it is not written.
    private static string? Untrained(TrainingJob job)
    {
        var schedule = ExpertSchedule.Of(job.Multistage);
        foreach (var expert in schedule.Trained)
            if (schedule.StepsOf(expert, job.Training.Steps) == 0)
                return FormattableString.Invariant(
                    $"ends before the {expert.Name()} expert's first turn, so nothing is trained or saved for it; ") +
                    (schedule.FirstStepOf(expert, int.MaxValue) is { } first
                        ? FormattableString.Invariant($"write at least {first + 1} steps, ")
                        : "write ") +
                    $"a smaller multistage.switch_every, or multistage.{expert.Name()}: false";
        return null;
    }

    private static bool OneExpert(TrainingJob job) => job.Multistage.HighNoise != job.Multistage.LowNoise;

    private static bool Differ(YamlNode? a, YamlNode? b) => a is not null && b is not null && !YamlText.Same(a, b);
}
