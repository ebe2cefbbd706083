using WanLab.Diffusion;
using WanLab.Training;

namespace WanLab.Planning;

/// <summary>The timesteps that one expert will draw.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="Steps">Number of the expert's optimiser steps.</param>
/// <param name="Shares">Share of the expert's draws in each of <see cref="Bins"/> equal parts of its range, from the cleanest to the
/// noisiest.</param>
/// <param name="From">Lower end of the expert's range.</param>
/// <param name="To">Upper end of that range.</param>
[TypeFormatterSource]
public sealed record TimestepPlan(Expert Expert, int Steps, IReadOnlyList<double> Shares, double From, double To)
{
    /// <summary>Number of parts into which a range is divided.</summary>
    public const int Bins = 10;

    private const int Draws = 10_000;

    /// <summary>The plans of all experts that a job trains.</summary>
    public static IReadOnlyList<TimestepPlan> Of(TrainingJob job)
    {
        var timesteps = job.Training.Timesteps();
        var schedule = ExpertSchedule.Of(job.Multistage);
        return [.. schedule.Trained.Select(expert =>
        {
            var (from, to) = expert.Range(job.Multistage.Boundary);
            var counts = new double[Bins];
            for (var n = 0; n < Draws; n++)
            {
                var sigma = timesteps.Draw((n + 0.5) / Draws, from, to);
                counts[Math.Min(Bins - 1, (int)((sigma - from) / (to - from) * Bins))] += 1.0 / Draws;
            }
            return new TimestepPlan(expert, (int)schedule.StepsOf(expert, job.Training.Steps), counts,
                Timestep.Of(from), Timestep.Of(to));
        })];
    }
}
