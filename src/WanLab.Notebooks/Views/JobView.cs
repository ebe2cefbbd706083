using WanLab.Jobs;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Options;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Notebooks.Views;

/// <summary>Shows jobs: what matters first, then the whole file; and their problems.</summary>
internal static class JobView
{
    /// <summary>The blocks that show a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="whole">Whether a terminal shows the whole file, with every setting.</param>
    public static IEnumerable<Block> Of(TrainingJob job, bool whole = false) =>
    [
        new Heading($"Job {job.Name}", $"{job.Model.Architecture.Word()}, {Numbers.Of(job.Training.Steps, "step")}"),
        new Facts([.. Summary(job)]),
        new Fold("The whole job file", [new Code(JobWriter.Write(job))]) { InText = whole },
    ];

    public static IEnumerable<Block> Of(JobReading reading)
    {
        var counts = $"{Numbers.Of(reading.Errors.Count(), "error")}, {Numbers.Of(reading.Warnings.Count(), "warning")}";
        if (reading.Job is null) yield return new Heading("A job that cannot run", counts);
        foreach (var problem in reading.Problems) yield return Problem(problem);
        if (reading.Job is not { } job) yield break;
        foreach (var block in Of(job)) yield return block;
    }

    /// <summary>A problem of a job as a note.</summary>
    public static Note Problem(Problem problem)
    {
        var kind = problem.Severity == Severity.Error ? NoteKind.Error : NoteKind.Warning;
        return new Note(kind, problem.Key == "" ? problem.Message : $"{problem.Key}: {problem.Message}")
        {
            Place = problem.Line > 0 ? $"{problem.File}:{problem.Line}" : problem.File,
        };
    }

    /// <summary>The settings people look for first.</summary>
    public static IEnumerable<(string, string)> Summary(TrainingJob job)
    {
        var (training, multistage) = (job.Training, job.Multistage);
        yield return ("run folder", Path.Combine(job.Output, job.Name));
        if (job.TriggerWord is { } trigger) yield return ("trigger word", trigger);
        var turns = multistage is { HighNoise: true, LowNoise: true }
            ? $", {Numbers.Percent(multistage.HighShare)} of the steps on high noise, in turns of {multistage.SwitchEvery}"
            : "";
        var experts = string.Join(" and ", ExpertSchedule.Of(multistage).Trained.Select(e => e.Title()));
        yield return ("experts", $"{experts}, boundary {Numbers.Short(multistage.Boundary)}{turns}");
        yield return ("adapter", $"LoRA of rank {job.Target.Rank}, alpha {Numbers.Short(job.Target.Alpha)}");
        yield return ("optimizer", $"{training.Optimizer}, learning rate {Rate(training.LearningRate)}, {training.LrScheduler.Word()}");
        yield return ("batch", training.GradientAccumulation == 1 ? $"{training.BatchSize}, no accumulation"
            : $"{training.BatchSize}, accumulated {training.GradientAccumulation} times");
        yield return ("timesteps", $"{training.TimestepType.Word()}, {training.TimestepBias.Word()}");
        if (training.Dop.Enabled) yield return ("DOP", $"class {training.Dop.Class}, multiplier {Numbers.Short(training.Dop.Multiplier)}");
        if (job.Advanced.DifferentialGuidance is { Enabled: true } guidance)
            yield return ("differential guidance", $"scale {Numbers.Short(guidance.Scale)}");
        foreach (var dataset in job.Datasets)
            yield return ("dataset", $"{dataset.Path}: {Numbers.Of(dataset.NumFrames, "frame")}, {dataset.FrameSampling.Word()}, "
                + $"resolution {string.Join(", ", dataset.Resolutions)}");
        yield return ("checkpoints", $"every {job.Save.Every} steps, {(job.Save.Keep == 0 ? "all" : $"the newest {job.Save.Keep}")} kept");
        var sample = job.Sample;
        var previews = $"{Numbers.Of(sample.Prompts.Count, "prompt")} every {sample.Every} steps";
        yield return ("previews", sample.Every == 0 || sample.Prompts.Count == 0 ? "none"
            : $"{previews}, {sample.Width}x{sample.Height}x{sample.NumFrames}");
        yield return ("validation", job.Validation.Every == 0 ? "none" : $"every {job.Validation.Every} steps");
    }

    private static string Rate(PerExpert rate) =>
        rate.High == rate.Low ? Numbers.Short(rate.High) : $"high noise {Numbers.Short(rate.High)}, low noise {Numbers.Short(rate.Low)}";
}
