using WanLab.Jobs;
using WanLab.Jobs.Schema;

namespace WanLab.Tests.Jobs.Recipes;

/// <summary>Reads a job file whose only errors may be settings that this version can not do yet, and lays those aside.</summary>
internal static class UnsupportedYet
{
    private const string Mark = "is not supported yet by this version";

    /// <summary>The job, with the default (or none) in place of each setting that is refused only for now.</summary>
    public static TrainingJob Read(string yaml, string file) => Read(yaml, file, out _);

    /// <summary>The same, and the overrides that lay settings aside: none, once all are supported.</summary>
    public static TrainingJob Read(string yaml, string file, out IReadOnlyList<string> laidAside)
    {
        var errors = JobReader.Parse(yaml, file).Errors.ToList();
        Assert.True(errors.All(e => e.Message.Contains(Mark, StringComparison.Ordinal)), string.Join('\n', errors));
        var defaults = JobSchema.Root.Write(JobSchema.BlankJob());
        laidAside = [.. errors.Select(e => $"{e.Key}={Stopgap(e.Key, defaults)}")];
        var reading = JobReader.Parse(yaml, file, laidAside);
        Assert.True(reading.Job is not null, string.Join('\n', reading.Problems));
        return reading.Job;
    }

    private static string Stopgap(string key, JobNode defaults) => key switch
    {
        "validation.every" => "0",
        "training.optimizer" => "adamw",
        _ when key.EndsWith(".num_frames", StringComparison.Ordinal) => "5",
        _ => ((JobScalar)defaults.Find(key)!).Text,
    };
}
