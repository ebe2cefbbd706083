namespace WanLab.Training;

/// <summary>The course of the learning rate over a run, as a share of the job's learning rate.</summary>
internal static class LearningRateSchedule
{
    /// <summary>
    /// The share at a step, counted from 0 over both experts: a linear warm-up, then the curve down to 0 at the last step.
    /// </summary>
    public static double At(int step, TrainingOptions options)
    {
        if (step < options.WarmupSteps) return (step + 1.0) / options.WarmupSteps;
        var done = (double)(step - options.WarmupSteps) / Math.Max(1, options.Steps - options.WarmupSteps);
        return options.LrScheduler switch
        {
            LearningRateScheduler.Cosine => 0.5 * (1 + Math.Cos(Math.PI * done)),
            LearningRateScheduler.Linear => 1 - done,
            _ => 1,
        };
    }
}
