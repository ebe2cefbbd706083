using WanLab.Training;
using WanLab.Yaml;

namespace WanLab.Jobs;

/// <summary>The result of reading a job: the job, unless there are errors, and every problem found.</summary>
/// <param name="Job">The resolved job: full paths, rounded sizes; null if there is an error.</param>
/// <param name="Problems">Errors and warnings in the order of the file's lines; those of overrides come last.</param>
[TypeFormatterSource]
public sealed record JobReading(TrainingJob? Job, IReadOnlyList<Problem> Problems)
{
    /// <summary>The job as far as it can be looked at although files that it names are missing; null if its settings have errors.</summary>
    internal TrainingJob? Draft { get; init; }

    /// <summary>The problems that stop the job.</summary>
    public IEnumerable<Problem> Errors => Problems.Where(p => p.Severity == Severity.Error);

    /// <summary>The problems that do not stop the job.</summary>
    public IEnumerable<Problem> Warnings => Problems.Where(p => p.Severity == Severity.Warning);
}
