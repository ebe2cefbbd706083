using WanLab.Models.Transformer;

namespace WanLab.Adapters;

/// <summary>
/// An adapter in training with dropout on its input: each element reaches Down with probability 1 - rate and is then multiplied by
/// 1 / (1 - rate); the frozen layer sees all of the input. The choice depends only on a hash of (seed, position, module, element),
/// so a block that is run again for its gradients drops the same elements, on every device.
/// </summary>
/// <param name="adapter">The adapter that is trained.</param>
/// <param name="rate">Share of the elements that are dropped, in (0, 1).</param>
/// <param name="seed">The run's seed.</param>
/// <param name="position">The batch's position in the run.</param>
internal sealed class LoraDropout(LoraAdapter adapter, double rate, long seed, long position) : ILinearAdapter
{
    private static readonly Op AtLeast = Op.Find("aten::ge", "Scalar");

    /// <summary>The adapter with dropout, or the adapter itself where the rate is 0.</summary>
    public static ILinearAdapter For(LoraAdapter adapter, double rate, long seed, long position) =>
        rate > 0 ? new LoraDropout(adapter, rate, seed, position) : adapter;

    /// <inheritdoc/>
    public Tensor? Forward(string module, Tensor x, Tensor weight, Tensor bias)
    {
        if (adapter.Find(module) is not { } lora) return null;
        var kept = x * Mask(module, x);
        var update = F.Linear(F.Linear(kept, lora.Down.To(x.DType)), lora.Up.To(x.DType));
        return F.Linear(x, weight, bias) + update * lora.Scale;
    }

    /// <summary>The factors of a module's input: 0 or 1 / (1 - rate), in its shape and type.</summary>
    public Tensor Mask(string module, Tensor x)
    {
        using var scope = new TensorScope();
        using var off = GradMode.Off();
        var columns = x.Size(-1);
        var hash = HashNoise.Bits(CounterRandom.Bits(seed, "dropout " + module, position), x.Count / columns, columns, x.Device);
        var kept = AtLeast.Call(hash, (long)(rate * (1L << 32)) + int.MinValue);
        return scope.Keep((kept.To(x.DType) * (1 / (1 - rate))).View([.. x.Shape]));
    }
}
