using System.Text.Json.Nodes;

namespace WanLab.Runs;

/// <summary>
/// Reads a run from its folder, whichever process trains it. For dashboards, plans, reports and your own tools. Each call of
/// <see cref="Update"/> reads only the lines added since the one before; half a line is read once it is complete. A run that was resumed
/// from an earlier step has rewritten its metrics, which are then read again from the start.
/// </summary>
/// <param name="folder">The run's folder.</param>
/// <example><code>
/// var run = new RunReader(RunFolder.Existing("runs/orbit"));
/// run.Update();
/// foreach (var step in run.Steps) Console.WriteLine($"{step.Step} {step.Expert} {step.Loss}");
/// </code></example>
public sealed class RunReader(RunFolder folder)
{
    private static readonly Dictionary<string, Type> Kinds = typeof(RunEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RunEvent)))
        .ToDictionary(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name));

    private readonly JsonLines _metrics = new(folder.MetricsFile);
    private readonly JsonLines _happened = new(folder.EventsFile);
    private readonly List<StepRecord> _steps = [];
    private readonly List<TimedEvent> _events = [];

    private int _unreadableSteps, _unreadableEvents;

    /// <summary>The run's folder.</summary>
    public RunFolder Folder { get; } = folder;

    /// <summary>The steps made so far, ascending.</summary>
    public IReadOnlyList<StepRecord> Steps => _steps;

    /// <summary>Everything else that has happened so far, in order.</summary>
    public IReadOnlyList<TimedEvent> Events => _events;

    /// <summary>The held-out losses so far, one for each step and expert, from the events (<see cref="ValidationsIn"/>).</summary>
    public IReadOnlyList<ValidationRecord> Validation => ValidationsIn(_events);

    /// <summary>Lines and files that could not be read and count as missing, in sentences.</summary>
    public IReadOnlyList<string> Problems =>
    [
        .. Unreadable(Folder.MetricsFile, _metrics, _unreadableSteps), .. Unreadable(Folder.EventsFile, _happened, _unreadableEvents),
    ];

    /// <summary>The previews on disk.</summary>
    public IReadOnlyList<RunSample> Samples => RunSample.In(Folder);

    /// <summary>The adapters on disk.</summary>
    public IReadOnlyList<RunCheckpoint> Checkpoints => RunCheckpoint.In(Folder);

    /// <summary>Reads a run as it is now.</summary>
    public static RunReader Open(RunFolder folder)
    {
        var reader = new RunReader(folder);
        reader.Update();
        return reader;
    }

    /// <summary>Held-out losses by step and expert; for a step that a resumed run repeated, the newest.</summary>
    internal static IReadOnlyList<ValidationRecord> ValidationsIn(IEnumerable<TimedEvent> events) =>
    [
        .. events.Select(e => e.Event).OfType<ValidationDone>().Select(done => done.Record)
            .GroupBy(record => (record.Step, record.Expert)).Select(same => same.Last())
            .OrderBy(record => record.Step).ThenBy(record => record.Expert),
    ];

    /// <summary>Reads what was added since the last call; true if anything was.</summary>
    public bool Update()
    {
        var before = (_steps.Count, _events.Count);
        var lines = _metrics.Read(out var restarted);
        if (restarted)
        {
            _steps.Clear();
            _unreadableSteps = 0;
        }
        List<StepRecord> records = [.. lines.Select(RunJson.Parse<StepRecord>).OfType<StepRecord>()];
        _unreadableSteps += lines.Count - records.Count;
        _steps.AddRange(records);
        var events = _happened.Read(out var cut);
        if (cut)
        {
            _events.Clear();
            _unreadableEvents = 0;
        }
        foreach (var line in events) Add(line);
        return restarted || cut || before != (_steps.Count, _events.Count);
    }

    // Event kinds that a newer version writes are skipped, as RunEvent promises.
    private void Add(string line)
    {
        if (RunJson.Parse<JsonObject>(line) is not { } json || RunJson.Try(() => json["event"]?.GetValue<string>()) is not { } kind)
        {
            _unreadableEvents++;
            return;
        }
        if (!Kinds.TryGetValue(kind, out var type)) return;
        var happened = RunJson.Try(() => json["time"]?.GetValue<string>() is { } time
            && json.Deserialize(type, RunJson.Options) is RunEvent known
            ? new TimedEvent(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), known)
            : null);
        if (happened is null) _unreadableEvents++;
        else _events.Add(happened);
    }

    private static IEnumerable<string> Unreadable(string file, JsonLines lines, int count)
    {
        if (lines.Problem is { } problem) yield return $"{file}: cannot be read: {problem}";
        if (count > 0) yield return $"{file}: {(count == 1 ? "one line" : $"{count} lines")} cannot be read and count as missing.";
    }
}
