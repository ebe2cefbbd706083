using WanLab.Jobs.Import;
using WanLab.Runs;
using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>
/// Reads job files. One reading finds every problem of a job: in keys and values, in the rules between them,
/// and in the files and folders that it names.
/// </summary>
public static class JobReader
{
    /// <summary>Reads a job file that must be free of errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Settings such as <c>training.steps=10</c> or <c>datasets.0.num_frames=17</c>; the last one for a
    /// key wins.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors; the message lists them all, one per line.</exception>
    public static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Load(string path, IEnumerable<string>? overrides = null)
    {
        var reading = Read(path, overrides);
        return (JobOrThrow(reading, path), reading.Problems);
    }

    /// <summary>Reads the job of a run that is to be resumed; it keeps its folder and name, even if its file has others.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors (the message lists them all, one per line), or no copy is left.</exception>
    internal static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Resumed(RunFolder folder, IEnumerable<string> overrides) =>
        Resumed(folder, JobOfRun.Read(folder) ?? throw JobOfRun.Lost(folder), [.. overrides, .. folder.Place]);

    /// <summary>Reads the job of a run, for a new run that begins at one of its checkpoints (<see cref="RunBranch"/>).</summary>
    /// <param name="folder">The folder of the run to begin from.</param>
    /// <param name="step">The step of the checkpoint.</param>
    /// <param name="overrides">As for <see cref="Load"/>; they may give the new run's name and place.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors (the message lists them all, one per line), or no copy is left.</exception>
    internal static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Branched(RunFolder folder, int step,
        IEnumerable<string> overrides) =>
        Resumed(folder, JobOfRun.Read(folder) ?? throw JobOfRun.Lost(folder),
            [.. folder.Place, $"job.name={RunBranch.Name(folder, step)}", .. overrides]);

    private static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Resumed(RunFolder folder, JobOfRun run,
        IReadOnlyList<string> overrides)
    {
        var reading = Parse(run.Yaml, run.File, [.. EarlierSettings.Of(run.Yaml, run.File), .. overrides]);
        IReadOnlyList<Problem> warning = run.Warning is { } text ? [new(folder.JobFile, 0, "", text, Severity.Warning)] : [];
        return (JobOrThrow(reading, run.File), [.. warning, .. reading.Problems]);
    }

    /// <summary>Reads a job file and reports all its problems.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    public static JobReading Read(string path, IEnumerable<string>? overrides = null)
    {
        string text;
        try
        {
            text = TextFile.Read(path);
        }
        catch (NotYamlException e)
        {
            return NotYaml(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = Directory.Exists(path) ? IsFolder(path) : e is FileNotFoundException or DirectoryNotFoundException
                ? "the file does not exist; correct the path"
                : $"the file cannot be read: {e.Message}";
            return new(null, [new(path, 0, "", why, Severity.Error)]);
        }
        return Parse(text, path, overrides);
    }

    /// <summary>Reads the text of a job file and reports all its problems.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The file name shown in problems; relative paths in the text start at its folder.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    public static JobReading Parse(string yaml, string fileName, IEnumerable<string>? overrides = null)
    {
        var source = new YamlSource(fileName, Path.GetDirectoryName(Path.GetFullPath(fileName)) ?? "", HasLines: true);
        try
        {
            var root = YamlText.Parse(yaml, source) ?? new YamlMap(source, 1, []);
            if (root is not YamlMap && ForeignForms.Describe(yaml, fileName) is { } foreign)
                return new(null, [new(fileName, 0, "", $"the file {foreign}", Severity.Error)]);
            return Interpret(root, overrides ?? []);
        }
        catch (NotYamlException e)
        {
            var foreign = ForeignForms.Describe(yaml, fileName);
            var why = foreign ?? $"is not valid YAML: {e.Reason}; correct this line or one next to it";
            return new(null, [new(fileName, foreign is null ? e.Line : 0, "", $"the file {why}", Severity.Error)]);
        }
    }

    /// <summary>
    /// The job of an earlier run, for display: the folders and files it names may no longer exist.
    /// Null if the file cannot be read, or has no name or no datasets, and so is no job.
    /// </summary>
    internal static TrainingJob? Recorded(string path)
    {
        try
        {
            var source = new YamlSource(path, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", HasLines: true);
            if (YamlText.Parse(TextFile.Read(path), source) is not YamlMap root) return null;
            var context = new ReadContext(JobForm.Keys.Paths);
            context.Saw("", root);
            var job = JobForm.Keys.Read(root, context);
            return context.Failed("job.name") || context.Failed("datasets") ? null : job;
        }
        catch (Exception e) when (e is WanLabException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Checks and resolves a job built in code, as if it had come from a file.</summary>
    /// <param name="job">The job.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors; the message lists them all, one per line.</exception>
    public static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Check(TrainingJob job, IEnumerable<string>? overrides = null)
    {
        // Defaults are left out, as in a file, so that they do not count as settings the user chose.
        var nodes = JobForm.Keys.Changes(job);
        var reading = Interpret(nodes, overrides ?? []);
        return (JobOrThrow(reading, "The job"), reading.Problems);
    }

    private static string IsFolder(string path)
    {
        var job = Path.Combine(path, "job.yaml");
        if (!File.Exists(job)) return "is a folder; name the job file in it";
        return RunFolder.Existing(path).HasRun
            ? $"is the folder of a run; continue that run with: wanlab resume {path}"
            : $"is a folder; did you mean {job}?";
    }

    private static JobReading NotYaml(string file, NotYamlException e) =>
        new(null, [new(file, e.Line, "", $"the file is not valid YAML: {e.Reason}; correct this line or one next to it", Severity.Error)]);

    private static JobReading Interpret(YamlNode root, IEnumerable<string> overrides)
    {
        var context = new ReadContext(JobForm.Keys.Paths);
        root = YamlOverrides.Apply(root, overrides, context);
        context.Saw("", root);
        var job = JobForm.Keys.Read(root, context);
        JobRules.Check(job, context);
        var isSound = !context.HasErrors;
        JobFiles.Check(job, context);
        JobLayers.Check(job, context);
        return new(context.HasErrors ? null : job, context.Problems) { Draft = isSound ? job : null };
    }

    internal static TrainingJob JobOrThrow(JobReading reading, string name)
    {
        if (reading.Job is not null) return reading.Job;
        var errors = reading.Errors.ToList();
        var count = errors.Count == 1 ? "an error" : errors.Count > 50 ? "more than 50 errors" : $"{errors.Count} errors";
        throw new WanLabException($"{name} has {count}:\n{string.Join('\n', errors)}") { Shown = reading };
    }
}
