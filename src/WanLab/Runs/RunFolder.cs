using System.Text.Json.Nodes;
using WanLab.Runs.Control;
using WanLab.Training;

namespace WanLab.Runs;

/// <summary>
/// The folder of a run, which holds job.yaml, metrics.jsonl, events.jsonl, checkpoints, samples, state.
/// Logs are appended line by line, so that a killed run loses at most the line being written.
/// </summary>
[TypeFormatterSource]
public sealed class RunFolder
{
    private const string Claimed = ".lock";
    private const int Attempts = 15;
    private static readonly string[] Parts = ["checkpoints", "samples", "state", "validation", "control"];

    private RunFolder(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The resolved job.</summary>
    public string JobFile => In("job.yaml");

    /// <summary>The metrics: one <see cref="StepRecord"/> per line.</summary>
    public string MetricsFile => In("metrics.jsonl");

    /// <summary>The events: everything else that happened, one per line.</summary>
    public string EventsFile => In("events.jsonl");

    /// <summary>The saved states from which the run can be resumed.</summary>
    internal SavedStates States => new(In("state"), PinnedSteps());

    /// <summary>The record of the data that the run is trained on (<see cref="DataRecord"/>).</summary>
    public string DataFile => In("data.json");

    /// <summary>The folder where other processes leave commands (<see cref="ControlFolder"/>).</summary>
    internal ControlFolder Control => new(In("control"));

    /// <summary>Settings that say in a job where this folder is: it may have been moved or renamed since its job was written.</summary>
    public IReadOnlyList<string> Place => [$"job.output={System.IO.Path.GetDirectoryName(Path)}", $"job.name={Name}"];

    /// <summary>Whether a run made steps here before. A run that was stopped while preparing left nothing to keep.</summary>
    public bool HasRun => States.Any || System.IO.Path.Exists(MetricsFile) || RunCheckpoint.In(this).Count > 0;

    /// <summary>Whether a run prepares here or left anything: then job.yaml is its own.</summary>
    internal bool IsTaken => Traces.Any(System.IO.Path.Exists) || HasRun;

    /// <summary>Whether a run was started here, even if it was stopped while preparing.</summary>
    internal bool WasStarted => HasRun || System.IO.Path.Exists(JobFile);

    /// <summary>The folder OUTPUT/NAME, for reading; it need not exist, and nothing is written.</summary>
    public static RunFolder At(string output, string name) => new(System.IO.Path.GetFullPath(System.IO.Path.Combine(output, name)), name);

    /// <summary>The folder OUTPUT/NAME, created if it is missing.</summary>
    /// <exception cref="WanLabException">The folder cannot be written.</exception>
    public static RunFolder Open(string output, string name)
    {
        var folder = At(output, name);
        try
        {
            foreach (var part in Parts) Directory.CreateDirectory(folder.In(part));
            // An existing folder may still be read-only. A new file never follows a link that lies there.
            UnfinishedFile.Use(folder.Path, probe => new FileStream(probe, FileMode.CreateNew).Dispose());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException(
                $"job.output: the run folder {folder.Path} cannot be written: {e.Message} Choose another with output: FOLDER.", e);
        }
        return folder;
    }

    /// <summary>The folder of an existing run, for reading: nothing is written.</summary>
    /// <exception cref="WanLabException">There is no run in that folder.</exception>
    public static RunFolder Existing(string path)
    {
        var folder = At(path);
        return folder.Traces.Append(folder.JobFile).Any(System.IO.Path.Exists) ? folder : throw new WanLabException(
            $"{path}: is not the folder of a run (there is no job.yaml in it). Name a folder such as runs/NAME.");
    }

    /// <summary>A folder by its path, for reading; it need not exist or be a run's.</summary>
    internal static RunFolder At(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return At(System.IO.Path.GetDirectoryName(full) ?? full, System.IO.Path.GetFileName(full));
    }

    /// <summary>Removes everything that an earlier run left, except its name.</summary>
    /// <exception cref="WanLabException">Another process is training this run, or something cannot be deleted.</exception>
    public void Clear()
    {
        using var claim = Claim();
        try
        {
            foreach (var part in Parts)
            {
                if (Directory.Exists(In(part))) Directory.Delete(In(part), recursive: true);
                Directory.CreateDirectory(In(part));
            }
            foreach (var file in (string[])[JobFile, MetricsFile, EventsFile, DataFile])
            {
                if (Directory.Exists(file)) Directory.Delete(file, recursive: true);
                else File.Delete(file);
            }
            foreach (var file in TensorBoard.TensorBoardLog.FilesIn(Path)) File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{Path}: the earlier run cannot be deleted: {e.Message} Delete the folder yourself.", e);
        }
    }

    /// <summary>The file of a checkpoint; without a step, that of the finished adapter.</summary>
    public string Checkpoint(Expert expert, int? step) =>
        In("checkpoints", step is { } n ? $"{Name}_{n:D9}_{expert.Name()}.safetensors" : $"{Name}_{expert.Name()}.safetensors");

    /// <summary>The file of a preview, without extension.</summary>
    public string Sample(int step, int prompt) => In("samples", $"{step:D9}", $"{prompt:D2}");

    /// <summary>The file of the base model's losses on the held-out clips.</summary>
    public string BaseLosses(Expert expert) => In("validation", $"base_{expert.Name()}.json");

    /// <summary>Marks the folder as in use by this process until disposed; a process that is killed releases it too.</summary>
    /// <exception cref="WanLabException">Another process is training this run, or the folder cannot be written.</exception>
    public IDisposable Claim()
    {
        for (var attempt = 1; ; attempt++)
        {
            if (TryClaim() is { } claim) return claim;
            if (attempt == Attempts) throw new WanLabException(
                $"{Path}: another process is training this run. Wait for it, or stop it first.");
#pragma warning disable RS0030 // One that asks IsRunning holds the file for a moment, and nothing signals when it releases it.
            Thread.Sleep(20);
#pragma warning restore RS0030
        }
    }

    /// <summary>Whether a process is training this run. Asking writes nothing, and any number of processes may ask at once.</summary>
    public bool IsRunning
    {
        get
        {
            try
            {
                using var shared = new FileStream(In(Claimed), FileMode.Open, FileAccess.Read, FileShare.Read);
                return false;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return false;
            }
            catch (IOException)
            {
                return true; // locked by the process that trains
            }
        }
    }

    /// <summary>Steps of the numbered checkpoints in this folder, oldest first. Files with other names are not the run's.</summary>
    public IReadOnlyList<int> CheckpointSteps() =>
    [
        .. FilesOf.Folder(In("checkpoints"))
            .Select(file => Regex.Match(System.IO.Path.GetFileName(file),
                $@"\A{Regex.Escape(Name)}_([0-9]{{9}})_(high|low)_noise\.safetensors\z", RegexOptions.CultureInvariant))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Distinct()
            .Order(),
    ];

    /// <summary>Steps whose checkpoints are never deleted by <c>save.keep</c>, oldest first.</summary>
    public IReadOnlyList<int> PinnedSteps() =>
    [
        .. FilesOf.Folder(In("checkpoints"))
            .Select(file => Regex.Match(System.IO.Path.GetFileName(file), @"\A([0-9]{9})\.pinned\z", RegexOptions.CultureInvariant))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Order(),
    ];

    /// <summary>
    /// Keeps the checkpoints of a step for good, and its saved state, if it is still there: <c>save.keep</c> neither counts nor deletes
    /// them.
    /// </summary>
    /// <exception cref="WanLabException">There is no checkpoint of that step, or the folder cannot be written.</exception>
    public void Pin(int step)
    {
        var steps = CheckpointSteps();
        if (!steps.Contains(step))
            throw new WanLabException($"{Path}: has no checkpoint of step {step}. " + (steps.Count == 0
                ? "None is saved yet."
                : $"There are those of {string.Join(", ", steps)}."));
        AtomicFile.WriteText(PinOf(step), "");
    }

    /// <summary>Lets <c>save.keep</c> count and delete the checkpoints of a step again.</summary>
    /// <exception cref="WanLabException">The folder cannot be written.</exception>
    public void Unpin(int step)
    {
        try
        {
            File.Delete(PinOf(step));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{PinOf(step)}: cannot be deleted: {e.Message}", e);
        }
    }

    // Any of these may be all that is left of a run. Version 0.1.0 named its lock ".running".
    private string[] Traces => [In(Claimed), In(".running"), MetricsFile, EventsFile, In("state")];

    private string PinOf(int step) => In("checkpoints", $"{step:D9}.pinned");

    /// <summary>Adds a line to metrics.jsonl.</summary>
    public void Log(StepRecord record) => Append(MetricsFile, JsonSerializer.Serialize(record, RunJson.Options));

    /// <summary>Adds a line to events.jsonl: time, kind, and the event's own values.</summary>
    internal void Log(RunEvent happened, DateTimeOffset time)
    {
        var values = JsonSerializer.SerializeToNode(happened, happened.GetType(), RunJson.Options)!.AsObject();
        var line = new JsonObject
        {
            ["time"] = time.ToString("O"),
            ["event"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name),
        };
        foreach (var (key, value) in values) line[key] = value?.DeepClone();
        Append(EventsFile, line.ToJsonString(RunJson.Options));
    }

    /// <summary>Drops the lines of metrics.jsonl that a resumed run will make again: those after <paramref name="step"/>.</summary>
    /// <returns>What was found damaged, in sentences; the file as it was is kept under another name.</returns>
    public IReadOnlyList<string> TruncateMetrics(int step) =>
        LogFile.Rewrite(MetricsFile, line => RunJson.Parse<StepRecord>(line) is { } record ? record.Step <= step : null);

    /// <summary>Removes files that a killed run left half written, and the half-written last line of events.jsonl.</summary>
    /// <returns>What was found damaged, in sentences; the file as it was is kept under another name.</returns>
    public IReadOnlyList<string> Repair()
    {
        var inside = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.GetFiles(Path, ".wanlab-*", inside).Where(UnfinishedFile.Is))
            // In that folder, another process may be writing a command at this moment.
            if (System.IO.Path.GetDirectoryName(file) != In("control")) File.Delete(file);
        return LogFile.Rewrite(EventsFile, line => RunJson.Parse<JsonObject>(line) is null ? null : true);
    }

    private static void Append(string file, string line) => LogFile.Append(file, System.Text.Encoding.UTF8.GetBytes(line + "\n"));

    private FileStream? TryClaim()
    {
        try
        {
            return new FileStream(In(Claimed), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new WanLabException($"{In(Claimed)}: cannot be written: {e.Message} " +
                "A run is continued by the user who owns its folder; what lies there under this name must be a file.", e);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
