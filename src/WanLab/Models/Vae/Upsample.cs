namespace WanLab.Models.Vae;

/// <summary>Doubles height and width and halves the channels; if temporal, first turns each frame into two.</summary>
internal sealed class Upsample(ModelWeights weights, string name, bool temporal) : IVaeLayer
{
    private readonly Tensor _weight = weights[$"{name}.resample.1.weight"]; // [C/2, C, 3, 3]
    private readonly Tensor _bias = weights[$"{name}.resample.1.bias"];
    private readonly CausalConv3d? _time = temporal ? new(weights, $"{name}.time_conv") : null;

    public static IEnumerable<WeightShape> Shapes(string name, long input, long output, bool temporal) =>
    [
        new($"{name}.resample.1.weight", output, input, 3, 3),
        new($"{name}.resample.1.bias", output),
        .. temporal ? CausalConv3d.Shapes($"{name}.time_conv", input, 2 * input, 3, 1) : [],
    ];

    /// <summary>Turns [F, C, H, W] into [F or 2F, C/2, 2H, 2W].</summary>
    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        var frames = _time is null ? x : DoubleFrames(x, _time, cache);
        return scope.Keep(F.Conv2d(DoublePixels(frames), _weight, _bias, [1, 1], [1, 1]));
    }

    // Every pixel becomes 2x2 copies of itself. One copy, for any type; the library's resize lacks bfloat16 in old versions.
    private static Tensor DoublePixels(Tensor x)
    {
        using var scope = new TensorScope();
        var (frames, channels, height, width) = (x.Size(0), x.Size(1), x.Size(2), x.Size(3));
        var pixels = x.Permute(0, 2, 3, 1).Reshape(frames, height, 1, width, 1, channels).Expand(-1, -1, 2, -1, 2, -1);
        return scope.Keep(pixels.Reshape(frames, 2 * height, 2 * width, channels).Permute(0, 3, 1, 2));
    }

    private static Tensor DoubleFrames(Tensor x, CausalConv3d time, FeatureCache cache)
    {
        if (cache.Find(time) is null)
        {
            // A clip's first frame stays one frame, and later frames do not look back at it: they see zeros in its place.
            cache.KeepZeros(time, x, 2);
            return x.Alias();
        }
        using var scope = new TensorScope();
        var both = time.Forward(x, cache); // [F, 2C, H, W]: the channels of two frames, the earlier first
        var (batch, channels) = (cache.Batch, x.Size(1));
        var parts =
            from t in Enumerable.Range(0, (int)(x.Size(0) / batch))
            from k in Enumerable.Range(0, 2)
            select both.Narrow(0, t * batch, batch).Narrow(1, k * channels, channels);
        return scope.Keep(Tensor.Cat([.. parts], 0).ChannelsLast());
    }
}
