using System.Security.Cryptography;
using System.Text;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>The random weights from which training starts; a tensor's numbers depend only on the seed and its name.</summary>
internal static class InitialWeights
{
    /// <summary>Draws every tensor of a model, fp32.</summary>
    public static ModelWeights Draw(IReadOnlyList<WeightShape> shapes, ulong seed)
    {
        using var scope = new TensorScope();
        return new ModelWeights(shapes.Select(shape => KeyValuePair.Create(shape.Name, scope.Keep(Draw(shape, seed)))).ToList());
    }

    /// <summary>
    /// Draws the weights of the VAE: its posterior starts narrow, so that the decoder sees signal rather than noise, and each frame is
    /// independent of the others.
    /// </summary>
    public static ModelWeights DrawVae(IReadOnlyList<WeightShape> shapes, ulong seed)
    {
        using var scope = new TensorScope();
        var weights = Draw(shapes, seed);
        var (weight, bias) = (weights["conv1.weight"], weights["conv1.bias"]);
        var channels = bias.Count / 2;
        weight.Narrow(0, channels, channels).MulInto(0.1);
        bias.Narrow(0, channels, channels).CopyInto(Tensor.Full([channels], -4));
        foreach (var (name, tensor) in weights.Tensors)
            if (tensor.Rank == 5 && tensor.Size(2) > 1) Inflate(name, tensor);
        return weights;
    }

    // The VAE learns still images first. So that moving ones can build on these, no layer looks at the past in
    // the beginning: the encoder's steps in time keep the last of several frames, and the decoder's repeat it.
    private static void Inflate(string name, Tensor weight)
    {
        using var scope = new TensorScope();
        var taps = weight.Size(2);
        weight.Narrow(2, 0, taps - 1).ZeroInto();
        var last = weight.Select(2, taps - 1);
        if (!name.EndsWith("time_conv.weight", StringComparison.Ordinal))
        {
            last.MulInto(Math.Sqrt(taps));
            return;
        }
        var (output, input) = (weight.Size(0), weight.Size(1));
        var copies = new float[output * input];
        for (var row = 0L; row < output; row++) copies[row * input + row % input] = 1;
        last.CopyInto(Tensor.From(copies, output, input, 1, 1));
    }

    private static Tensor Draw(WeightShape shape, ulong seed)
    {
        // The head starts at zero, as in the official model: the first predictions are then no worse than zero.
        if (shape.Name.EndsWith(".bias", StringComparison.Ordinal) || shape.Name == "head.head.weight") return Tensor.Zeros(shape.Shape);
        var isNorm = shape.Shape.Length == 1 || shape.Name.EndsWith(".gamma", StringComparison.Ordinal);
        if (isNorm) return Tensor.Full(shape.Shape, 1);
        using var generator = new Generator(seed ^ BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(shape.Name))));
        return Tensor.Randn(shape.Shape, generator) * Scale(shape);
    }

    // The scale that keeps a layer's output as large as its input: 1 / sqrt(number of summands).
    private static double Scale(WeightShape shape)
    {
        var scale = 1 / Math.Sqrt(shape.Shape.Skip(1).Aggregate(1L, (a, b) => a * b));
        if (shape.Name.EndsWith("token_embedding.weight", StringComparison.Ordinal)) return 1;
        if (shape.Name.EndsWith("pos_embedding.embedding.weight", StringComparison.Ordinal)) return 0.5;
        if (shape.Name.EndsWith("modulation", StringComparison.Ordinal)) return 1 / Math.Sqrt(shape.Shape[^1]);
        // T5's scores are not divided by the root of the head's width, so its queries start smaller.
        return shape.Name.EndsWith(".attn.q.weight", StringComparison.Ordinal) ? scale / 4 : scale;
    }
}
