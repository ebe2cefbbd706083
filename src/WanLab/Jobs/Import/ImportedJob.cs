using WanLab.Training;

namespace WanLab.Jobs.Import;

/// <summary>What became of a key of a foreign job.</summary>
public enum ImportOutcome
{
    /// <summary>Carried over, but not word by word: WanLab says the same in another way, or nearly the same.</summary>
    Changed,

    /// <summary>Not carried over.</summary>
    Dropped,

    /// <summary>Carried over as it was; WanLab would choose another value.</summary>
    Advice,
}

/// <summary>A remark about one key.</summary>
/// <param name="Line">Its line in the foreign file; 0 where it was left to its default.</param>
/// <param name="Key">The key in the foreign file, from <c>config.process.0</c> on, as <c>train.lr</c>.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">Why, and what to do.</param>
public sealed record ImportNote(int Line, string Key, ImportOutcome Outcome, string Message)
{
    /// <summary>One line: <c>line 12: dropped: train.noise_offset: ...</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"line {Line}: " : "";
        return $"{place}{Outcome.ToString().ToLowerInvariant()}: {Key}: {Message}";
    }
}

/// <summary>A foreign job in WanLab's form.</summary>
/// <param name="Job">The job; its files and folders were not looked for.</param>
/// <param name="Yaml">The job file, what was not carried over in its head.</param>
/// <param name="Notes">One for each key that was not carried over as it was, in the order of the file.</param>
public sealed record ImportedJob(TrainingJob Job, string Yaml, IReadOnlyList<ImportNote> Notes);
