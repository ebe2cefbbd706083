namespace WanLab.Models.Vae;

/// <summary>
/// A residual block: x + conv(silu(norm(conv(silu(norm(x)))))); if the channels change, x goes through a 1x1x1 convolution.
/// </summary>
internal sealed class ResidualBlock(ModelWeights weights, string name) : IVaeLayer
{
    private readonly NormSiluConv _first = new(weights, $"{name}.residual.0", $"{name}.residual.2");
    private readonly NormSiluConv _second = new(weights, $"{name}.residual.3", $"{name}.residual.6");
    private readonly CausalConv3d? _shortcut = weights.Find($"{name}.shortcut.weight") is null ? null : new(weights, $"{name}.shortcut");

    public static IEnumerable<WeightShape> Shapes(string name, long input, long output) =>
    [
        .. NormSiluConv.Shapes($"{name}.residual.0", $"{name}.residual.2", input, output),
        .. NormSiluConv.Shapes($"{name}.residual.3", $"{name}.residual.6", output, output),
        .. input == output ? [] : CausalConv3d.Shapes($"{name}.shortcut", input, output, 1, 1),
    ];

    /// <summary>Turns [F, in, H, W] into [F, out, H, W].</summary>
    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        IVaeLayer[] layers = [_first, _second];
        var y = layers.Forward(x, cache);
        return scope.Keep(y.AddInto(_shortcut?.Forward(x, cache) ?? x));
    }
}
