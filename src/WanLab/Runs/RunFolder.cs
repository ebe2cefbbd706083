using WanLab.Models;
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
    private const string Claimed = ".running";
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
    internal SavedStates States => new(In("state"));

    /// <summary>The record of the data that the run is trained on (<see cref="DataRecord"/>).</summary>
    public string DataFile => In("data.json");

    /// <summary>The folder where other processes leave commands (<see cref="ControlFolder"/>).</summary>
    internal ControlFolder Control => new(In("control"));

    /// <summary>Settings that say in a job where this folder is: it may have been moved or renamed since its job was written.</summary>
    public IReadOnlyList<string> Place => [$"job.output={System.IO.Path.GetDirectoryName(Path)}", $"job.name={Name}"];

    /// <summary>Whether a run made steps here before. A run that was stopped while preparing left nothing to keep.</summary>
    public bool HasRun => States.Any || File.Exists(MetricsFile);

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
            File.WriteAllText(folder.In(".probe"), ""); // an existing folder may still be read-only
            File.Delete(folder.In(".probe"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException(
                $"job.output: the run folder {folder.Path} cannot be written: {e.Message} Choose another with output: FOLDER.", e);
        }
        return folder;
    }

    /// <summary>The folder of an existing run.</summary>
    /// <exception cref="WanLabException">There is no run in that folder.</exception>
    public static RunFolder Existing(string path)
    {
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        // A run that still prepares has no job.yaml yet, but has claimed its folder.
        if (!File.Exists(System.IO.Path.Combine(full, "job.yaml")) && !File.Exists(System.IO.Path.Combine(full, Claimed)))
            throw new WanLabException($"{path}: is not the folder of a run (there is no job.yaml in it). Name a folder such as runs/NAME.");
        return Open(System.IO.Path.GetDirectoryName(full)!, System.IO.Path.GetFileName(full));
    }

    /// <summary>Removes everything that an earlier run left, except its name.</summary>
    /// <exception cref="WanLabException">Another process is training this run.</exception>
    public void Clear()
    {
        using var claim = Claim();
        foreach (var part in Parts)
        {
            Directory.Delete(In(part), recursive: true);
            Directory.CreateDirectory(In(part));
        }
        foreach (var file in (string[])[JobFile, MetricsFile, EventsFile, DataFile, .. TensorBoard.TensorBoardLog.FilesIn(Path)])
            File.Delete(file);
    }

    /// <summary>The file of a checkpoint; without a step, that of the finished adapter.</summary>
    public string Checkpoint(Expert expert, int? step) =>
        In("checkpoints", step is { } n ? $"{Name}_{n:D9}_{expert.Name()}.safetensors" : $"{Name}_{expert.Name()}.safetensors");

    /// <summary>The file of a preview, without extension.</summary>
    public string Sample(int step, int prompt) => In("samples", $"{step:D9}", $"{prompt:D2}");

    /// <summary>The file of the base model's losses on the held-out clips.</summary>
    public string BaseLosses(Expert expert) => In("validation", $"base_{expert.Name()}.json");

    /// <summary>Marks the folder as in use by this process until disposed; a process that is killed releases it too.</summary>
    /// <exception cref="WanLabException">Another process is training this run.</exception>
    public IDisposable Claim() =>
        TryClaim() ?? TryClaimAgain() ?? throw new WanLabException(
            $"{Path}: another process is training this run. Wait for it, or stop it with: wanlab ctl {Path} stop");

    /// <summary>Whether a process is training this run.</summary>
    public bool IsRunning
    {
        get
        {
            using var claim = TryClaim();
            return claim is null;
        }
    }

    /// <summary>Steps of the numbered checkpoints in this folder, oldest first.</summary>
    public IReadOnlyList<int> CheckpointSteps() =>
    [
        .. Directory.GetFiles(In("checkpoints"), $"{Name}_?????????_*_noise.safetensors")
            .Select(file => int.Parse(System.IO.Path.GetFileName(file).AsSpan(Name.Length + 1, 9)))
            .Distinct()
            .Order(),
    ];

    /// <summary>Adds a line to metrics.jsonl.</summary>
    public void Log(StepRecord record) => Append(MetricsFile, JsonSerializer.Serialize(record, RunJson.Options));

    /// <summary>Adds a line to events.jsonl: time, kind, and the event's own values.</summary>
    internal void Log(RunEvent happened, DateTimeOffset time)
    {
        var values = JsonSerializer.SerializeToNode(happened, happened.GetType(), RunJson.Options)!.AsObject();
        var line = new System.Text.Json.Nodes.JsonObject
        {
            ["time"] = time.ToString("O"),
            ["event"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name),
        };
        foreach (var (key, value) in values) line[key] = value?.DeepClone();
        Append(EventsFile, line.ToJsonString(RunJson.Options));
    }

    /// <summary>Drops the lines of metrics.jsonl that a resumed run will make again: those after <paramref name="step"/>.</summary>
    public void TruncateMetrics(int step)
    {
        if (!File.Exists(MetricsFile)) return;
        var kept = File.ReadLines(MetricsFile).Where(line => RunJson.Parse<StepRecord>(line)?.Step <= step);
        AtomicFile.WriteText(MetricsFile, string.Concat(kept.Select(line => line + "\n").ToList()));
    }

    /// <summary>Removes files that a killed run left half written, and the half-written last line of events.jsonl.</summary>
    public void Repair()
    {
        foreach (var file in Directory.GetFiles(Path, "*.tmp", SearchOption.AllDirectories))
            // In that folder, another process may be writing a command at this moment.
            if (System.IO.Path.GetDirectoryName(file) != In("control")) File.Delete(file);
        if (!File.Exists(EventsFile)) return;
        var text = File.ReadAllText(EventsFile);
        if (text.Length > 0 && !text.EndsWith('\n')) AtomicFile.WriteText(EventsFile, text[..(text.LastIndexOf('\n') + 1)]);
    }

    private static void Append(string file, string line)
    {
        try
        {
            File.AppendAllText(file, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: cannot be written: {e.Message} Free space or repair the folder; " +
                "--resume then continues from the last checkpoint.", e);
        }
    }

    // A caller of IsRunning may hold the folder for a moment.
    private FileStream? TryClaimAgain()
    {
#pragma warning disable RS0030 // The other process holds the file for a moment, and nothing signals when it releases it.
        Thread.Sleep(50);
#pragma warning restore RS0030
        return TryClaim();
    }

    private FileStream? TryClaim()
    {
        try
        {
            return new FileStream(In(Claimed), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
