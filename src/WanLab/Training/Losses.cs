namespace WanLab.Training;

/// <summary>The losses between a prediction and its target.</summary>
internal static class Losses
{
    /// <summary>
    /// The point where <see cref="LossType.Huber"/> turns from a square into a line: d^2 / 2 up to |d| = 1, |d| - 1/2 beyond. Latents
    /// and noise have unit variance, so the line only affects outliers. This is torch's default too.
    /// </summary>
    public const double HuberDelta = 1;

    /// <summary>The loss of each item: the mean over its elements. Both are [B, ...]; the result is [B].</summary>
    public static Tensor PerItem(LossType type, Tensor prediction, Tensor target)
    {
        var errors = type switch
        {
            LossType.Mse => F.SquaredErrors(prediction, target),
            LossType.Mae => F.AbsoluteErrors(prediction, target),
            LossType.Huber => F.HuberErrors(prediction, target, HuberDelta),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
        return errors.Mean([.. Enumerable.Range(1, errors.Rank - 1)]);
    }
}
