namespace WanLab.Models.Vae;

/// <summary>Scales every pixel's channel vector to the length sqrt(C), then every channel by gamma.</summary>
/// <param name="weights">Weights that contain gamma: [C, 1, 1, 1], or [C, 1, 1] in the attention block.</param>
/// <param name="name">Name of the tensor without ".gamma".</param>
internal sealed class RmsNorm(ModelWeights weights, string name)
{
    private readonly Tensor _gamma = weights[$"{name}.gamma"];

    /// <summary>Normalises [F, C, H, W]; the result has the same shape.</summary>
    public Tensor Forward(Tensor x)
    {
        using var scope = new TensorScope();
        var channels = x.Size(1);
        var length = x.Norm([1], keep: true).ClampMin(1e-12);
        return scope.Keep(x / length * (_gamma.View(channels, 1, 1) * Math.Sqrt(channels)));
    }
}
