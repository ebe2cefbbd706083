using System.Text.Json;
using System.Text.Json.Nodes;
using WanLab.Training;

namespace WanLab.Notebooks;

/// <summary>An event of a run and when it happened.</summary>
/// <param name="Time">When.</param>
/// <param name="Event">What.</param>
public sealed record TimedEvent(DateTimeOffset Time, RunEvent Event);

/// <summary>
/// What a run has written so far, read from its folder, by whichever process trains it. A run that goes on from an earlier
/// step writes its steps again; the newest of each counts.
/// </summary>
internal sealed class RunLog(RunFolder folder)
{
    private static readonly Dictionary<string, Type> Kinds = typeof(RunEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RunEvent)))
        .ToDictionary(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name));

    private readonly JsonLines _metrics = new(folder.MetricsFile);
    private readonly JsonLines _happened = new(folder.EventsFile);
    private readonly List<StepRecord> _steps = [];
    private readonly List<TimedEvent> _events = [];

    /// <summary>The steps made, ascending.</summary>
    public IReadOnlyList<StepRecord> Steps => _steps;

    /// <summary>What happened beside steps.</summary>
    public IReadOnlyList<TimedEvent> Events => _events;

    /// <summary>Reads what came since the last call; true where there was something.</summary>
    public bool Update()
    {
        var before = (_steps.Count, _events.Count, Last: _steps.Count == 0 ? 0 : _steps[^1].Step);
        var records = Records(out var restarted);
        if (!restarted && records.Count > 0 && _steps.Count > 0 && records[0].Step <= _steps[^1].Step)
        {
            // Written anew by a resumed run, and already longer than before.
            _metrics.Restart();
            records = Records(out _);
            restarted = true;
        }
        if (restarted) _steps.Clear();
        _steps.AddRange(records);
        var events = _happened.Read(out var cut);
        if (cut) _events.Clear();
        _events.AddRange(events.Select(Event).OfType<TimedEvent>());
        return before != (_steps.Count, _events.Count, _steps.Count == 0 ? 0 : _steps[^1].Step);
    }

    private List<StepRecord> Records(out bool restarted) => [.. _metrics.Read(out restarted).Select(Parse<StepRecord>).OfType<StepRecord>()];

    // Kinds that a newer version writes are passed over, as RunEvent promises.
    private static TimedEvent? Event(string line)
    {
        if (Parse<JsonObject>(line) is not { } json || json["event"]?.GetValue<string>() is not { } kind || !Kinds.TryGetValue(kind, out var type)) return null;
        var time = DateTimeOffset.Parse(json["time"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        return new TimedEvent(time, (RunEvent)json.Deserialize(type, RunFolder.Json)!);
    }

    private static T? Parse<T>(string line) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, RunFolder.Json);
        }
        catch (JsonException)
        {
            return null; // half a line that a killed run left
        }
    }
}
