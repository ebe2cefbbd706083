namespace WanLab.Training;

/// <summary>Clipping by the norm of the whole gradient.</summary>
internal static class GradientClip
{
    /// <summary>Scales a flat gradient in place to a norm of at most <paramref name="limit"/>; returns the norm before scaling.</summary>
    public static double Apply(Tensor gradient, double limit)
    {
        using var scope = new TensorScope();
        var norm = gradient.Norm([0]).Item();
        if (norm > limit) gradient.MulInto(limit / (norm + 1e-6));
        return norm;
    }
}
