namespace WanLab.Models.Vae;

/// <summary>
/// A convolution over time and space that sees no later frame. Weight: [out, in, kt, k, k] with kt = 1 or 3.
/// It is computed as one 2D convolution per step of the kernel in time: on a CPU the library's 3D kernels are many times
/// slower for few channels and not faster for many.
/// </summary>
/// <param name="weights">Weights that contain its tensors.</param>
/// <param name="name">Common prefix of the tensors' names.</param>
/// <param name="stride">Step in time; 2 halves the frames.</param>
internal sealed class CausalConv3d(ModelWeights weights, string name, int stride = 1) : IVaeLayer
{
    private readonly Tensor _weight = weights[$"{name}.weight"];
    private readonly Tensor _bias = weights[$"{name}.bias"];

    // Number of frames before a chunk that the chunk's first output depends on.
    private long Past => _weight.Size(2) - stride;

    public static IEnumerable<WeightShape> Shapes(string name, long input, long output, long time, long space) =>
    [
        new($"{name}.weight", output, input, time, space, space),
        new($"{name}.bias", output),
    ];

    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        return scope.Keep(Convolve(Extend(x, cache), cache.Batch));
    }

    /// <summary>The chunk with the kept frames in front of it, whose last frames are kept in turn; the first chunk as it is.</summary>
    public Tensor Extend(Tensor x, FeatureCache cache)
    {
        if (Past == 0) return x.Alias();
        using var scope = new TensorScope();
        var past = cache.Find(this);
        if (past is null)
        {
            // A clip's first chunk is one frame, with nothing but zeros before it.
            cache.KeepZeros(this, x, Past);
            cache.Keep(this, Tensor.Cat([cache.Find(this)!, x], 0), Past);
            return scope.Keep(x.Alias());
        }
        var run = Tensor.Cat([past, x], 0);
        cache.Keep(this, run, Past);
        return scope.Keep(run);
    }

    /// <summary>The convolution of an extended chunk.</summary>
    public Tensor Convolve(Tensor run, long batch)
    {
        using var scope = new TensorScope();
        var taps = (int)_weight.Size(2);
        var frames = run.Size(0) / batch;
        if (frames == 1) return scope.Keep(Tap(run, taps - 1, _bias)); // all the other taps would see zeros
        var outputs = (frames - taps) / stride + 1;
        var y = Tap(Seen(run, 0, outputs, batch), 0, _bias);
        for (var tap = 1; tap < taps; tap++)
        {
            using var part = new TensorScope();
            y.AddInto(Tap(Seen(run, tap, outputs, batch), tap, null));
        }
        return scope.Keep(y);
    }

    // The frames that a tap sees: tap, tap + stride, ...
    private Tensor Seen(Tensor run, int tap, long outputs, long batch) => stride == 1
        ? run.Narrow(0, tap * batch, outputs * batch)
        : Tensor.Cat([.. Enumerable.Range(0, (int)outputs).Select(t => run.Narrow(0, (tap + t * stride) * batch, batch))], 0);

    private Tensor Tap(Tensor frames, int tap, Tensor? bias)
    {
        var pad = _weight.Size(3) / 2;
        return F.Conv2d(frames, _weight.Select(2, tap), bias, [1, 1], [pad, pad]);
    }
}
