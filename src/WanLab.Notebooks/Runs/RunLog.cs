using System.Text.Json;
using System.Text.Json.Nodes;
using WanLab.Runs;

namespace WanLab.Notebooks.Runs;

/// <summary>An event of a run and when it happened.</summary>
/// <param name="Time">When.</param>
/// <param name="Event">What.</param>
public sealed record TimedEvent(DateTimeOffset Time, RunEvent Event);

/// <summary>
/// What a run has written so far, read from its folder, by whichever process trains it. A run that goes on from an earlier
/// step writes its metrics anew, and so they are read anew.
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
        var before = (_steps.Count, _events.Count);
        List<StepRecord> records = [.. _metrics.Read(out var restarted).Select(Parse<StepRecord>).OfType<StepRecord>()];
        if (restarted) _steps.Clear();
        _steps.AddRange(records);
        var events = _happened.Read(out var cut);
        if (cut) _events.Clear();
        _events.AddRange(events.Select(Event).OfType<TimedEvent>());
        return restarted || cut || before != (_steps.Count, _events.Count);
    }

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
