using System.Security.Cryptography;
using System.Text;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Models.Tiny;

/// <summary>Random weights of a sensible size: a tensor's numbers depend on the seed and its name alone.</summary>
internal static class TinyWeights
{
    /// <summary>Draws every tensor, fp32.</summary>
    public static ModelWeights Draw(IReadOnlyList<WeightShape> shapes, ulong seed)
    {
        using var scope = new TensorScope();
        return new ModelWeights(shapes.Select(shape => KeyValuePair.Create(shape.Name, scope.Keep(Draw(shape, seed)))).ToList());
    }

    private static Tensor Draw(WeightShape shape, ulong seed)
    {
        if (shape.Name.EndsWith(".bias", StringComparison.Ordinal)) return Tensor.Zeros(shape.Shape);
        var isNorm = shape.Shape.Length == 1 || shape.Name.EndsWith(".gamma", StringComparison.Ordinal);
        if (isNorm) return Tensor.Full(shape.Shape, 1);
        using var generator = new Generator(seed ^ BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(shape.Name))));
        return Tensor.Randn(shape.Shape, generator) * Scale(shape);
    }

    // What keeps a layer's output as large as its input: 1 / sqrt(numbers that are summed).
    private static double Scale(WeightShape shape)
    {
        if (shape.Name.EndsWith("token_embedding.weight", StringComparison.Ordinal)) return 1;
        if (shape.Name.EndsWith("pos_embedding.embedding.weight", StringComparison.Ordinal)) return 0.5;
        if (shape.Name == "decoder.head.2.weight") return 0.4 / Math.Sqrt(Inputs(shape)); // pixels within [-1, 1]
        if (shape.Name.EndsWith("modulation", StringComparison.Ordinal)) return 1 / Math.Sqrt(shape.Shape[^1]);
        return 1 / Math.Sqrt(Inputs(shape));
    }

    private static long Inputs(WeightShape shape) => shape.Shape.Skip(1).Aggregate(1L, (a, b) => a * b);
}
