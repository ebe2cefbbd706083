using WanLab.Training;

namespace WanLab.Experiments;

/// <summary>One training of an experiment.</summary>
/// <param name="Experiment">The experiment it belongs to.</param>
/// <param name="Variant">The settings that are changed.</param>
/// <param name="Seed">The seed; null means the job's own.</param>
public sealed record Trial(Experiment Experiment, Variant Variant, int? Seed)
{
    /// <summary>The name of the training's run: VARIANT, or VARIANT-SEED.</summary>
    public string Name => Seed is { } seed ? $"{Variant.Name}-{seed}" : Variant.Name;

    /// <summary>Returns the job to train.</summary>
    /// <exception cref="WanLabException">The job has errors; the message lists them all.</exception>
    public TrainingJob Job()
    {
        var job = Experiment.Job.With([.. Experiment.Settings, .. Variant.Settings, $"job.name={Name}",
            .. Seed is { } seed ? [$"job.seed={seed}"] : Array.Empty<string>()]);
        return job with { Output = Experiment.Output ?? Path.Combine(job.Output, Experiment.Name) };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
