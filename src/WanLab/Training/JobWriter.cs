using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>Writes jobs as job files.</summary>
public static class JobWriter
{
    private const string Header = "# The whole job, defaults included. Reading this file gives the same job again.\n";

    /// <summary>
    /// The job as YAML, with every key but the overrides that a prompt does not make. Folders and files are
    /// written with full paths; <c>job.output</c> stays as it is.
    /// </summary>
    /// <param name="job">A job, best a resolved one (as the reader of job files gives it).</param>
    public static string Write(TrainingJob job) => Header + YamlText.Emit(JobForm.Keys.Write(job));
}
