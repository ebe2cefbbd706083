using WanLab.Runs;
using WanLab.Training;
using WanLab.Yaml;
using YamlDotNet.Core;

namespace WanLab.Jobs;

/// <summary>
/// Reads job files. Every problem of a job is found in one reading: keys and values, rules between them,
/// and the files and folders named.
/// </summary>
public static class JobReader
{
    /// <summary>Reads a job file that must be free of errors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Settings such as <c>training.steps=10</c> or <c>datasets.0.num_frames=17</c>; the last one of a
    /// key wins.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors; the message lists them all, one a line.</exception>
    public static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Load(string path, IEnumerable<string>? overrides = null)
    {
        var reading = Read(path, overrides);
        return (JobOrThrow(reading, path), reading.Problems);
    }

    /// <summary>Reads the job of a run that is to be resumed; it keeps its folder and name, whatever its file says.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors; the message lists them all, one a line.</exception>
    public static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Resumed(RunFolder folder, IEnumerable<string> overrides) =>
        Load(folder.JobFile, [.. overrides, .. folder.Place]);

    /// <summary>Reads a job file and tells all its problems.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    public static JobReading Read(string path, IEnumerable<string>? overrides = null)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var why = e is FileNotFoundException or DirectoryNotFoundException
                ? "the file does not exist; mend the path"
                : $"the file can not be read: {e.Message}";
            return new(null, [new(path, 0, "", why, Severity.Error)]);
        }
        return Parse(text, path, overrides);
    }

    /// <summary>Reads the text of a job file and tells all its problems.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="fileName">The name problems show; relative paths in the text start at its folder.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    public static JobReading Parse(string yaml, string fileName, IEnumerable<string>? overrides = null)
    {
        var source = new YamlSource(fileName, Path.GetDirectoryName(Path.GetFullPath(fileName)) ?? "", HasLines: true);
        try
        {
            return Interpret(YamlText.Parse(yaml, source) ?? new YamlMap(source, 1, []), overrides ?? []);
        }
        catch (YamlException e)
        {
            return new(null, [new(fileName, (int)e.Start.Line, "",
                $"the file is not valid YAML: {e.Message.TrimEnd('.')}; mend this line or one beside it", Severity.Error)]);
        }
    }

    /// <summary>
    /// The job of a run that was made before, to look at: the folders and files it names may be gone since.
    /// Null where the file is none of a job.
    /// </summary>
    internal static TrainingJob? Recorded(string path)
    {
        try
        {
            var source = new YamlSource(path, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", HasLines: true);
            return YamlText.Parse(File.ReadAllText(path), source) is { } root
                ? JobForm.Keys.Read(root, new ReadContext(JobForm.Keys.Paths))
                : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>Checks and resolves a job built in code, as if it had come from a file.</summary>
    /// <param name="job">The job.</param>
    /// <param name="overrides">As for <see cref="Load"/>.</param>
    /// <returns>The resolved job, and the warnings.</returns>
    /// <exception cref="WanLabException">The job has errors; the message lists them all, one a line.</exception>
    public static (TrainingJob Job, IReadOnlyList<Problem> Warnings) Check(TrainingJob job, IEnumerable<string>? overrides = null)
    {
        // Defaults are left out, as in a file, so that they are not taken for wishes.
        var nodes = JobForm.Keys.Changes(job);
        var reading = Interpret(nodes, overrides ?? []);
        return (JobOrThrow(reading, "The job"), reading.Problems);
    }

    private static JobReading Interpret(YamlNode root, IEnumerable<string> overrides)
    {
        var context = new ReadContext(JobForm.Keys.Paths);
        root = YamlOverrides.Apply(root, overrides, context);
        context.Saw("", root);
        var job = JobForm.Keys.Read(root, context);
        JobRules.Check(job, context);
        JobFiles.Check(job, context);
        return new(context.HasErrors ? null : job, context.Problems);
    }

    private static TrainingJob JobOrThrow(JobReading reading, string name)
    {
        if (reading.Job is not null) return reading.Job;
        var errors = reading.Errors.ToList();
        var count = errors.Count == 1 ? "an error" : $"{errors.Count} errors";
        throw new WanLabException($"{name} has {count}:\n{string.Join('\n', errors)}");
    }
}
