using System.Globalization;
using WanLab.Diffusion;

namespace WanLab.Training;

/// <summary>Why a step was skipped.</summary>
/// <param name="What">What was not finite: loss or gradient.</param>
/// <param name="Clips">The clips it came from; of a gradient, all of the step's.</param>
/// <param name="Timesteps">Their timesteps, 0..1000.</param>
public sealed record NonFinite(string What, IReadOnlyList<string> Clips, IReadOnlyList<double> Timesteps)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"the {What} is not finite ({string.Join("; ", Clips.Zip(Timesteps, (clip, t) => string.Create(CultureInfo.InvariantCulture, $"clip {clip}, timestep {t:0.#}")))})";
}

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
        $"None of them changed an adapter; the state after step {row[0].Step - 1} was saved. Look at these clips, or lower training.learning_rate, then go on with --resume.");
}
