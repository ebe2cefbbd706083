using WanLab.Models;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>Lets single steps be skipped, and ends a run whose steps fail one after the other.</summary>
internal sealed class SkipLimit
{
    /// <summary>Steps in a row that may not fail.</summary>
    public const int InARow = 3;

    private readonly List<StepRecord> _row = [];

    /// <summary>Takes in a step; the steps in a row that were skipped, once they are too many, else nothing.</summary>
    public IReadOnlyList<StepRecord> Add(StepRecord record)
    {
        if (record.NonFinite is null) _row.Clear();
        else _row.Add(record);
        return _row.Count < InARow ? [] : _row;
    }

    /// <summary>What to tell the user.</summary>
    public static WanLabException Error(IReadOnlyList<StepRecord> row) => new(
        $"{row.Count} steps in a row failed:\n{string.Join("\n", row.Select(r => $"  step {r.Step}, {r.Expert.Name()} expert: {r.NonFinite}"))}\n" +
        $"None of them changed an adapter; the state after step {row[0].Step - 1} was saved. " +
        "Look at these clips, or lower training.learning_rate, then go on with --resume.");
}
