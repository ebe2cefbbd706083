using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WanLab.Diffusion;

namespace WanLab.Training;

/// <summary>
/// The folder of a run, as JOB.md lays it out: job.yaml, metrics.jsonl, events.jsonl, checkpoints, samples, state.
/// Logs are appended line by line, so that a killed run loses at most the line being written.
/// </summary>
public sealed class RunFolder
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private RunFolder(string path, string name)
    {
        Path = path;
        Name = name;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The run's name.</summary>
    public string Name { get; }

    /// <summary>The resolved job.</summary>
    public string JobFile => In("job.yaml");

    /// <summary>One <see cref="StepRecord"/> a line.</summary>
    public string MetricsFile => In("metrics.jsonl");

    /// <summary>Everything else that happened, a line each.</summary>
    public string EventsFile => In("events.jsonl");

    /// <summary>What resuming needs.</summary>
    public string StateFile => In("state", "state.safetensors");

    /// <summary>Whether a run made steps here before; one that was stopped while preparing left nothing to keep.</summary>
    public bool HasRun => File.Exists(StateFile) || File.Exists(MetricsFile);

    /// <summary>The folder OUTPUT/NAME, made where it is missing.</summary>
    /// <exception cref="WanLabException">It can not be written.</exception>
    public static RunFolder Open(string output, string name)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(System.IO.Path.Combine(output, name)), name);
        try
        {
            foreach (var part in (string[])["checkpoints", "samples", "state"]) Directory.CreateDirectory(folder.In(part));
            File.WriteAllText(folder.In(".probe"), ""); // an existing folder may still be read-only
            File.Delete(folder.In(".probe"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"job.output: the run folder {folder.Path} can not be written: {e.Message} Choose another with output: FOLDER.", e);
        }
        return folder;
    }

    /// <summary>Removes what an earlier run left, but for its name.</summary>
    public void Clear()
    {
        foreach (var part in (string[])["checkpoints", "samples", "state"])
        {
            Directory.Delete(In(part), recursive: true);
            Directory.CreateDirectory(In(part));
        }
        foreach (var file in (string[])[JobFile, MetricsFile, EventsFile, .. TensorBoard.TensorBoardLog.FilesIn(Path)]) File.Delete(file);
    }

    /// <summary>A checkpoint's file; without a step it is the final one.</summary>
    public string Checkpoint(Expert expert, int? step) =>
        In("checkpoints", step is { } n ? $"{Name}_{n:D9}_{expert.Name()}.safetensors" : $"{Name}_{expert.Name()}.safetensors");

    /// <summary>A preview's file, without extension.</summary>
    public string Sample(int step, int prompt) => In("samples", $"{step:D9}", $"{prompt:D2}");

    /// <summary>Steps of the numbered checkpoints here, oldest first.</summary>
    public IReadOnlyList<int> CheckpointSteps() =>
    [
        .. Directory.GetFiles(In("checkpoints"), $"{Name}_?????????_*_noise.safetensors")
            .Select(file => int.Parse(System.IO.Path.GetFileName(file).AsSpan(Name.Length + 1, 9)))
            .Distinct()
            .Order(),
    ];

    /// <summary>Adds a line to metrics.jsonl.</summary>
    public void Log(StepRecord record) => Append(MetricsFile, JsonSerializer.Serialize(record, Json));

    /// <summary>Adds a line to events.jsonl: time, kind, and the event's own values.</summary>
    public void Log(RunEvent happened, DateTimeOffset time)
    {
        var values = JsonSerializer.SerializeToNode(happened, happened.GetType(), Json)!.AsObject();
        var line = new System.Text.Json.Nodes.JsonObject { ["time"] = time.ToString("O"), ["event"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name) };
        foreach (var (key, value) in values) line[key] = value?.DeepClone();
        Append(EventsFile, line.ToJsonString(Json));
    }

    /// <summary>Drops the lines of metrics.jsonl that a resumed run will make again: those after <paramref name="step"/>.</summary>
    public void TruncateMetrics(int step)
    {
        if (!File.Exists(MetricsFile)) return;
        var kept = File.ReadLines(MetricsFile).Where(line => StepOf(line) is { } n && n <= step);
        AtomicFile.WriteText(MetricsFile, string.Concat(kept.Select(line => line + "\n").ToList()));
    }

    private static void Append(string file, string line)
    {
        try
        {
            File.AppendAllText(file, line + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WanLabException($"{file}: can not be written: {e.Message} Free space or mend the folder; --resume then goes on from the last checkpoint.", e);
        }
    }

    private static int? StepOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("step").GetInt32();
        }
        catch (JsonException)
        {
            return null; // the line that a killed run was writing
        }
    }

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
