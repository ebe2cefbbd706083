using System.Text.Json;
using MathNet.Numerics.Statistics;

namespace WanLab.Planning;

/// <summary>How long steps took in a run, from its metrics.jsonl.</summary>
public static class StepTimes
{
    private const int Newest = 100;
    private static readonly string[] InModel = ["base", "forward", "backward", "optimizer"];

    /// <summary>Median seconds of the newest steps by part, largest first; empty where no step was made yet.</summary>
    public static IReadOnlyList<(string Part, double Seconds)> Read(string metricsFile)
    {
        var records = Records(metricsFile);
        return [.. records.SelectMany(r => r.Keys).Distinct()
            .Select(part => (part, records.Select(r => r.GetValueOrDefault(part)).Median()))
            .OrderByDescending(p => p.Item2)];
    }

    /// <summary>Share of the newest steps' whole time that the model and its optimiser took; null where no step was made yet.</summary>
    public static double? ModelShare(string metricsFile)
    {
        var records = Records(metricsFile);
        var all = records.Sum(r => r.Values.Sum());
        return all == 0 ? null : records.Sum(r => InModel.Sum(part => r.GetValueOrDefault(part))) / all;
    }

    private static List<Dictionary<string, double>> Records(string metricsFile) =>
        File.Exists(metricsFile) ? [.. File.ReadLines(metricsFile).TakeLast(Newest).Select(Seconds).OfType<Dictionary<string, double>>()] : [];

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
