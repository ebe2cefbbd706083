using WanLab.Training;

namespace WanLab.Jobs.Import;

/// <summary>The ways in which a key of a foreign job can be treated.</summary>
internal enum ImportOutcome
{
    /// <summary>Carried over in another form: WanLab says the same in another way, or nearly the same.</summary>
    Changed,

    /// <summary>Not carried over.</summary>
    Dropped,

    /// <summary>Carried over unchanged, although WanLab would choose another value.</summary>
    Advice,
}

/// <summary>A note about one key.</summary>
/// <param name="Line">The key's line in the foreign file; 0 if it was left out.</param>
/// <param name="Key">The key in the foreign file, relative to <c>config.process.0</c>, such as <c>train.lr</c>.</param>
/// <param name="Outcome">The way it was treated.</param>
/// <param name="Message">The reason, and what to do.</param>
internal sealed record ImportNote(int Line, string Key, ImportOutcome Outcome, string Message)
{
    /// <summary>The note as one line: <c>line 12: dropped: train.noise_offset: ...</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"line {Line}: " : "";
        return $"{place}{Outcome.ToString().ToLowerInvariant()}: {Key}: {Message}";
    }
}

/// <summary>A foreign job in WanLab's form.</summary>
/// <param name="Job">The job; whether its files and folders exist was not checked.</param>
/// <param name="Yaml">The job file; its first lines list the keys that were not carried over.</param>
/// <param name="Notes">A note for each key that was changed or not carried over, in the order of the file.</param>
internal sealed record ImportedJob(TrainingJob Job, string Yaml, IReadOnlyList<ImportNote> Notes);
