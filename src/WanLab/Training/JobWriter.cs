using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>Writes jobs as job files.</summary>
internal static class JobWriter
{
    private const string Header = "# The whole job, defaults included. Reading this file gives the same job again.\n";

    /// <summary>
    /// The job as YAML, with every key except overrides that a prompt does not set. Folders and files are
    /// written with full paths; <c>job.output</c> is written unchanged.
    /// </summary>
    /// <param name="job">A job, preferably a resolved one (as the reader of job files returns it).</param>
    public static string Write(TrainingJob job) => Header + YamlText.Emit(JobForm.Keys.Write(job));
}
