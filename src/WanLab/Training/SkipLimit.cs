using WanLab.Runs;

namespace WanLab.Training;

/// <summary>Allows single steps to be skipped, and ends a run if several steps in a row fail.</summary>
internal sealed class SkipLimit
{
    /// <summary>Number of failed steps in a row that ends a run.</summary>
    public const int InARow = 3;

    private readonly List<StepRecord> _row = [];

    /// <summary>Adds a step. Returns the skipped steps in a row once they are too many, otherwise an empty list.</summary>
    public IReadOnlyList<StepRecord> Add(StepRecord record)
    {
        if (record.NonFinite is null) _row.Clear();
        else _row.Add(record);
        return _row.Count < InARow ? [] : _row;
    }

    /// <summary>The error for a row of failed steps.</summary>
    public static WanLabException Error(IReadOnlyList<StepRecord> row) => new(
        $"{row.Count} steps in a row failed:\n{string.Join("\n", row.Select(r => $"  step {r.Step}, {r.Expert.Name()} expert: {r.NonFinite}"))}\n" +
        $"None of them changed an adapter; the state after step {row[0].Step - 1} was saved. " +
        "Look at these clips, or lower training.learning_rate, then continue the run.");
}
