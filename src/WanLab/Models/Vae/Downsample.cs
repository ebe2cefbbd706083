namespace WanLab.Models.Vae;

/// <summary>Halves height and width by a convolution of stride 2; if temporal, then halves the frames in the same way.</summary>
internal sealed class Downsample(ModelWeights weights, string name, bool temporal) : IVaeLayer
{
    private readonly Tensor _weight = weights[$"{name}.resample.1.weight"]; // [C, C, 3, 3]
    private readonly Tensor _bias = weights[$"{name}.resample.1.bias"];
    private readonly CausalConv3d? _time = temporal ? new(weights, $"{name}.time_conv", stride: 2) : null;

    public static IEnumerable<WeightShape> Shapes(string name, long channels, bool temporal) =>
    [
        new($"{name}.resample.1.weight", channels, channels, 3, 3),
        new($"{name}.resample.1.bias", channels),
        .. temporal ? CausalConv3d.Shapes($"{name}.time_conv", channels, channels, 3, 1) : [],
    ];

    /// <summary>Turns [F, C, H, W] into [F or F/2, C, H/2, W/2].</summary>
    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        var y = F.Conv2d(F.Pad(x, 0, 1, 0, 1), _weight, _bias, [2, 2], [0, 0]);
        if (_time is null) return scope.Keep(y);
        if (cache.Find(_time) is not null) return scope.Keep(_time.Forward(y, cache));
        cache.Keep(_time, y, 1); // a clip's first frame stands for itself
        return scope.Keep(y);
    }
}
