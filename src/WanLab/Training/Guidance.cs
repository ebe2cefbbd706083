using WanLab.Torch;

namespace WanLab.Training;

/// <summary>The terms that compare an adapter with its base model, the frozen model's own prediction for the same noisy latents.</summary>
public static class Guidance
{
    /// <summary>
    /// Differential guidance: base + scale (target - base). A scale above 1 moves the target on, away from what the
    /// model does already.
    /// </summary>
    public static Tensor MoveTarget(Tensor target, Tensor basePrediction, double scale) =>
        basePrediction + (target - basePrediction) * scale;

    /// <summary>
    /// Differential output preservation: multiplier x MSE(adapter on, base), both for the class prompt. Always the
    /// squared error and not weighted by timestep, whatever the loss of the velocity.
    /// </summary>
    public static Tensor Preservation(Tensor prediction, Tensor basePrediction, double multiplier) =>
        F.MseLoss(prediction, basePrediction) * multiplier;
}
