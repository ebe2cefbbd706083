using System.CommandLine;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Cli.Verbs;

/// <summary>The arguments and options that several verbs have in common.</summary>
internal static class JobOptions
{
    /// <summary>The argument that names the job file.</summary>
    public static Argument<string> Job() => new("JOB") { Description = "The job file (YAML)." };

    /// <summary>The option that changes values, as KEY=VALUE.</summary>
    /// <param name="what">What is changed, and an example.</param>
    public static Option<string[]> Set(string what = "Change a setting of the job: --set training.steps=100.") =>
        new("--set") { Description = what + " May be repeated." };

    /// <summary>The option that names a device; the CPU unless it is given.</summary>
    public static Option<string> Device() =>
        new("--device") { Description = "Where to compute: cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };

    /// <summary>A job that was loaded; its warnings are written as notes.</summary>
    public static TrainingJob Noted(this (TrainingJob Job, IReadOnlyList<Problem> Warnings) loaded, CliContext context)
    {
        foreach (var warning in loaded.Warnings) context.Error.WriteNote(warning.ToString());
        return loaded.Job;
    }
}
