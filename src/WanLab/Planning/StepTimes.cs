using System.Text.Json;

namespace WanLab.Planning;

/// <summary>How long steps took in a run, from its metrics.jsonl.</summary>
public static class StepTimes
{
    /// <summary>The parts of a step that are the model's and its optimiser's work.</summary>
    public static readonly IReadOnlyList<string> InModel = ["base", "forward", "backward", "optimizer"];

    private const int Newest = 100;

    /// <summary>Median seconds of the newest steps by part, largest first; empty where no step was made yet.</summary>
    public static IReadOnlyList<(string Part, double Seconds)> Read(string metricsFile)
    {
        if (!File.Exists(metricsFile)) return [];
        var records = File.ReadLines(metricsFile).TakeLast(Newest).Select(Seconds).OfType<Dictionary<string, double>>().ToList();
        return [.. records.SelectMany(r => r.Keys).Distinct()
            .Select(part => (part, Median([.. records.Select(r => r.GetValueOrDefault(part))])))
            .OrderByDescending(p => p.Item2)];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static Dictionary<string, double>? Seconds(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("seconds", out var seconds) ? seconds.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble()) : null;
        }
        catch (JsonException)
        {
            return null; // the line that a run is just writing
        }
    }
}
