using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tests.Models.Vae;

/// <summary>A VAE of the real structure with few channels and random weights.</summary>
internal static class TinyVae
{
    public static readonly WanVaeConfig Config = new() { Dim = 4, NumResBlocks = 1 };

    public static WanVae Create(bool train = false) => new(Weights(train), Config);

    public static ModelWeights Weights(bool train = false)
    {
        using var random = new Generator(7);
        return new ModelWeights(Config.Shapes().Select(weight => KeyValuePair.Create(weight.Name, Draw(weight, random, train))));
    }

    /// <summary>A random video in [-1, 1].</summary>
    public static Tensor Video(long batch, long frames, long height = 16, long width = 24, ulong seed = 1)
    {
        using var random = new Generator(seed);
        return Tensor.Rand([batch, 3, frames, height, width], random) * 2 - 1;
    }

    // Every tensor differs from its neutral value, so that a misplaced one shows.
    private static Tensor Draw(WeightShape weight, Generator random, bool train)
    {
        var fanIn = weight.Shape.Length == 1 ? 1 : weight.Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
        var tensor = Tensor.Randn(weight.Shape, random);
        tensor = weight.Name.EndsWith("gamma", StringComparison.Ordinal)
            ? tensor * 0.1 + 1
            : tensor * (weight.Shape.Length == 1 ? 0.1 : Math.Sqrt(1.0 / fanIn));
        tensor.RequiresGrad = train;
        return tensor;
    }
}
