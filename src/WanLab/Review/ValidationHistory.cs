using System.Text.Json;
using WanLab.Runs;

namespace WanLab.Review;

/// <summary>The held-out losses of a run, read back from its events.jsonl.</summary>
public static class ValidationHistory
{
    /// <summary>One record a step and expert, by step; of a step that a resumed run made again, the newest. A line being written is left out.</summary>
    public static IReadOnlyList<ValidationRecord> Read(RunFolder folder) => !File.Exists(folder.EventsFile) ? [] :
    [
        .. File.ReadLines(folder.EventsFile)
            .Select(Record)
            .OfType<ValidationRecord>()
            .GroupBy(record => (record.Step, record.Expert))
            .Select(same => same.Last())
            .OrderBy(record => record.Step).ThenBy(record => record.Expert),
    ];

    private static ValidationRecord? Record(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("event").GetString() == "validation_done"
                ? json.RootElement.GetProperty("record").Deserialize<ValidationRecord>(RunFolder.Json)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
