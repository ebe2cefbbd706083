using WanLab.Jobs.Schema;
using WanLab.Training;

namespace WanLab.Jobs;

/// <summary>Writes jobs as job files.</summary>
public static class JobWriter
{
    private const string Header = "# The whole job, defaults included. Reading this file gives the same job again.\n";

    /// <summary>
    /// The job as YAML, with every key but the overrides that a prompt does not make. Folders and files are
    /// written with full paths; <c>job.output</c> stays as it is.
    /// </summary>
    /// <param name="job">A job, best a resolved one (of <see cref="JobReader"/>).</param>
    public static string Write(TrainingJob job) => Header + JobYaml.Emit(JobSchema.Root.Write(job));

    /// <summary>The nodes of what differs from the defaults.</summary>
    internal static JobNode Changes(TrainingJob job) =>
        Without(JobSchema.Root.Write(job), JobSchema.Root.Write(JobSchema.BlankJob()));

    private static JobNode Without(JobNode node, JobNode defaults)
    {
        if (node is not JobMap map || defaults is not JobMap other) return node;
        var kept = new List<JobEntry>();
        foreach (var entry in map.Entries)
        {
            var match = other.Entries.FirstOrDefault(e => e.Key == entry.Key);
            if (match is null) kept.Add(entry);
            else if (JobYaml.Emit(entry.Value) != JobYaml.Emit(match.Value))
                kept.Add(entry with { Value = Without(entry.Value, match.Value) });
        }
        return new JobMap(map.Source, map.Line, kept);
    }
}
