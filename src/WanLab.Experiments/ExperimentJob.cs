using WanLab.Jobs;
using WanLab.Training;

namespace WanLab.Experiments;

/// <summary>
/// The job of an experiment: the path of a job file, or a <see cref="TrainingJob"/> made in code; both convert to it implicitly.
/// In a file, settings that follow from others, as alpha follows from the rank, also follow from what a variant sets.
/// </summary>
public sealed class ExperimentJob
{
    private readonly Func<IReadOnlyList<string>, TrainingJob> _read;

    private ExperimentJob(Func<IReadOnlyList<string>, TrainingJob> read) => _read = read;

    /// <summary>Uses the job of a file.</summary>
    public static implicit operator ExperimentJob(string path) => new(settings => JobReader.Load(path, settings).Job);

    /// <summary>Uses a job made in code.</summary>
    public static implicit operator ExperimentJob(TrainingJob job) => new(settings => JobReader.Check(job, settings).Job);

    /// <summary>Returns the job with some settings changed.</summary>
    /// <exception cref="WanLabException">The job has errors; the message lists them all.</exception>
    public TrainingJob With(IReadOnlyList<string> settings) => _read(settings);
}
