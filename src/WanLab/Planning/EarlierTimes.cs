using WanLab.Jobs;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Planning;

/// <summary>
/// Finds how long steps like those of a job took before: in its own run, else in the newest run of the same model and sizes.
/// </summary>
internal static class EarlierTimes
{
    // Of all settings, those on which the seconds of a step depend most.
    private static readonly string[] Groups = ["model.", "quantization.", "advanced."];

    private static readonly string[] Keys =
    [
        "training.batch_size", "training.gradient_accumulation", "training.dop.enabled", "multistage.high_noise",
        "multistage.low_noise",
    ];

    /// <summary>The times of the newest steps, and the name of the run that they are of; its own name before there are any.</summary>
    /// <param name="job">The job.</param>
    public static (StepTimes Times, string Run) Of(TrainingJob job)
    {
        var own = Times(RunFolder.At(job.Output, job.Name));
        if (own.Parts.Count > 0 || !Directory.Exists(job.Output)) return (own, job.Name);
        var wanted = Weighty(job);
        // Newest first, so that only as many are read as it takes.
        var others = Directory.GetDirectories(job.Output).Select(path => RunFolder.At(job.Output, Path.GetFileName(path)))
            .Where(run => File.Exists(run.JobFile) && File.Exists(run.MetricsFile))
            .OrderByDescending(run => File.GetLastWriteTimeUtc(run.MetricsFile)).ThenBy(run => run.Name, StringComparer.Ordinal);
        foreach (var run in others)
            if (JobReader.Recorded(run.JobFile) is { } recorded && Weighty(recorded).SetEquals(wanted)
                && Times(run) is { Parts.Count: > 0 } times)
                return (times, run.Name);
        return (own, job.Name);
    }

    private static StepTimes Times(RunFolder run) => StepTimes.Of(RunReader.Open(run).Steps);

    private static HashSet<string> Weighty(TrainingJob job) =>
    [
        .. JobSettings.Of(job)
            .Where(setting => Keys.Contains(setting.Key) || Groups.Any(group => setting.Key.StartsWith(group, StringComparison.Ordinal)))
            .Select(setting => $"{setting.Key}: {setting.Value}"),
        job.Device == "auto" ? Runtime.CudaCount > 0 ? "cuda" : "cpu" : job.Device.Split(':')[0],
        .. job.Datasets.SelectMany(dataset => dataset.Resolutions.Select(side => $"{side} x {dataset.NumFrames}")),
    ];
}
