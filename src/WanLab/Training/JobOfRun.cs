using WanLab.Runs;
using WanLab.Torch.Safetensors;
using WanLab.Yaml;

namespace WanLab.Training;

/// <summary>
/// The job that a run was started with. It stands in job.yaml, and once more in each checkpoint, so that a run whose job.yaml was lost
/// or damaged can be resumed.
/// </summary>
/// <param name="Yaml">The job's text.</param>
/// <param name="File">The file that it was read from.</param>
/// <param name="Warning">What is wrong with job.yaml; null if nothing is.</param>
internal sealed record JobOfRun(string Yaml, string File, string? Warning)
{
    /// <summary>Reads the job of a run; null if neither job.yaml nor a checkpoint has it.</summary>
    /// <exception cref="WanLabException">This user may not read job.yaml.</exception>
    public static JobOfRun? Read(RunFolder folder)
    {
        var (text, problem) = Text(folder.JobFile);
        var copy = Copy(folder);
        var nodes = text is null ? null : Parse(text, folder.JobFile);
        if (problem is null && nodes is not YamlMap)
            problem = text!.Trim(' ', '\n', '\r', '\t', '\0') == "" ? "is empty" : "is damaged";
        if (problem is null && copy is not null && Missing((YamlMap)nodes!, copy.Value.Yaml) is { } section)
            problem = $"is damaged (its section {section} is missing)";
        if (problem is null) return new JobOfRun(text!, folder.JobFile, null);
        return copy is not var (yaml, file) ? null : new JobOfRun(yaml, file,
            $"{folder.JobFile} {problem}. The run continues with the copy of its job in {file}.");
    }

    /// <summary>The error for a run of which no copy of the job is left.</summary>
    public static WanLabException Lost(RunFolder folder) => new(
        $"{folder.JobFile}: is missing or damaged, and no checkpoint holds a copy. " + (folder.HasRun
            ? "Continue the run with the job file that it was started with."
            : "The run made no step: start it again with its job file."));

    /// <summary>Sets a damaged job.yaml aside; a missing one is no matter.</summary>
    public static void SetAside(RunFolder folder)
    {
        if (Path.Exists(folder.JobFile)) DamagedFile.SetAside(folder.JobFile);
    }

    private static (string? Text, string? Problem) Text(string file)
    {
        if (Directory.Exists(file)) return (null, "is a folder");
        try
        {
            return (System.IO.File.ReadAllText(file), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "is missing");
        }
        catch (UnauthorizedAccessException e)
        {
            throw new WanLabException($"{file}: cannot be read: {e.Message} Give yourself the right to read it.", e);
        }
        catch (IOException e)
        {
            return (null, $"cannot be read ({e.Message})");
        }
    }

    // The newest checkpoint that can be read; the finished adapters come last on disk, and are the newest.
    private static (string Yaml, string File)? Copy(RunFolder folder)
    {
        foreach (var checkpoint in RunCheckpoint.In(folder).Reverse())
        {
            try
            {
                if (SafetensorsFile.Open(checkpoint.File).Metadata.GetValueOrDefault("job") is { } yaml
                    && Absolute(yaml, checkpoint.File, folder) is { } job)
                    return (job, checkpoint.File);
            }
            catch (Exception e) when (e is WanLabException or IOException or UnauthorizedAccessException)
            {
                continue; // damaged too: an older one may have it
            }
        }
        return null;
    }

    // A checkpoint names files and folders as seen from the run's folder.
    private static string? Absolute(string yaml, string file, RunFolder folder)
    {
        if (Parse(yaml, file, folder.Path) is not YamlMap root) return null;
        var job = JobForm.Keys.Read(root, new ReadContext(JobForm.Keys.Paths));
        return JobWriter.Write(job with { Output = Path.GetDirectoryName(folder.Path)! });
    }

    // A job.yaml that was cut off may still be YAML, only without its last sections. A run writes all of them.
    private static string? Missing(YamlMap job, string copy) =>
        Sections(JobForm.Keys.Write(new TrainingJob { Name = "" }))
            .Intersect(Sections(Parse(copy, ""))).Except(Sections(job)).FirstOrDefault();

    private static IEnumerable<string> Sections(YamlNode? job) => job is YamlMap map ? map.Entries.Select(entry => entry.Key) : [];

    private static YamlNode? Parse(string yaml, string file, string folder = "")
    {
        try
        {
            return YamlText.Parse(yaml, new YamlSource(file, folder, HasLines: true));
        }
        catch (NotYamlException)
        {
            return null;
        }
    }
}
