namespace WanLab.Training;

/// <summary>The terms that compare an adapter with the frozen base model's prediction for the same noisy latents.</summary>
internal static class Guidance
{
    /// <summary>
    /// Differential guidance: base + scale (target - base). A scale above 1 moves the target further away from the
    /// model's own prediction.
    /// </summary>
    public static Tensor MoveTarget(Tensor target, Tensor basePrediction, double scale) =>
        basePrediction + (target - basePrediction) * scale;

    /// <summary>
    /// Differential output preservation: multiplier x MSE(adapter on, base), both for the class prompt. It is always the
    /// squared error, not weighted by timestep, whatever loss the velocity has.
    /// </summary>
    public static Tensor Preservation(Tensor prediction, Tensor basePrediction, double multiplier) =>
        F.MseLoss(prediction, basePrediction) * multiplier;
}
