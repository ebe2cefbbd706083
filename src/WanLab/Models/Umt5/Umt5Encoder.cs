// Shapes: B prompts, L tokens, D = Dim, A = DimAttn, N heads of d = A / N.

namespace WanLab.Models.Umt5;

/// <summary>
/// The UMT5 text encoder. It computes in the weights' type: bf16 rounds after every operator as the official code does
/// (softmax and the norms' statistics are fp32), fp32 is fp32 throughout. Owns its weights. Source: Wan2.2 wan/modules/t5.py.
/// </summary>
internal sealed class Umt5Encoder : IDisposable
{
    private readonly ModelWeights _weights;
    private readonly Dictionary<int, Tensor> _buckets = []; // by length

    /// <summary>Builds the encoder from its weights: exactly those that <see cref="Umt5Config.Shapes"/> lists, in bf16 or fp32.</summary>
    /// <exception cref="WanLabException">The weights are not those, or in another type.</exception>
    public Umt5Encoder(ModelWeights weights, Umt5Config config)
    {
        WeightCheck.Require("The UMT5 encoder's weights", config.Shapes(), weights);
        DType[] types = [.. weights.Tensors.Values.Select(tensor => tensor.DType)
            .Concat(weights.Packed.Values.Select(packed => packed.DType))
            .Distinct()
            .Order()];
        if (types is not ([DType.BFloat16] or [DType.Float32]))
            throw new WanLabException($"The UMT5 encoder's weights are {string.Join(" and ", types)}. " +
                "Load all of them as BFloat16 (as published) or all as Float32; Float16 overflows.");
        _weights = weights;
        Config = config;
    }

    /// <summary>Sizes of the encoder.</summary>
    public Umt5Config Config { get; }

    /// <summary>The encoder's weights, by official name.</summary>
    public ModelWeights Weights => _weights;

    private Tensor Embeddings => _weights["token_embedding.weight"];

    /// <summary>Embeds one prompt. Only its real tokens are computed, so no mask is needed.</summary>
    /// <param name="ids">Token numbers, padded or not.</param>
    /// <param name="length">Number of real tokens, including the closing &lt;/s&gt;.</param>
    /// <returns>[length, D], in the weights' type and on their device.</returns>
    public Tensor EncodeText(ReadOnlySpan<long> ids, int length)
    {
        if (length < 1 || length > ids.Length)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"1 to {ids.Length} tokens can be encoded");
        using var scope = new TensorScope();
        return scope.Keep(Forward(Tensor.From(ids[..length], 1, length), null).Squeeze(0));
    }

    /// <summary>Embeds a batch of padded prompts.</summary>
    /// <param name="ids">[B, L], Int64.</param>
    /// <param name="mask">[B, L], 1 for real tokens and 0 for padding; null if all are real.</param>
    /// <returns>[B, L, D], zero where the mask is 0.</returns>
    public Tensor Forward(Tensor ids, Tensor? mask)
    {
        using var scope = new TensorScope();
        ids.Expect("ids", -1, -1);
        var device = Embeddings.Device;
        var length = (int)ids.Size(1);
        var buckets = Buckets(length);
        var real = mask?.Expect("mask", ids.Size(0), length).To(device, Embeddings.DType);
        var hidden = real is null ? null : ((1 - real) * Lowest(real.DType)).View(-1, 1, 1, length);
        var shared = Config.SharedPos ? PositionBias("", buckets) : null;

        var x = F.Embedding(Embeddings, ids.To(device));
        for (var i = 0; i < Config.NumLayers; i++)
        {
            using var before = x;
            x = Block($"blocks.{i}.", x, buckets, shared, hidden);
        }
        x = RmsNorm("norm", x);
        if (real is not null) x *= real.Unsqueeze(-1);
        return scope.Keep(x);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        foreach (var buckets in _buckets.Values) buckets.Dispose();
    }

    private Tensor Buckets(int length)
    {
        lock (_buckets)
        {
            if (_buckets.TryGetValue(length, out var known)) return known;
            using var scope = new TensorScope();
            return _buckets[length] = TensorScope.Detach(
                RelativePositions.Buckets(length, Config.NumBuckets, Config.MaxDistance).To(Embeddings.Device));
        }
    }

    private Tensor Block(string block, Tensor x, Tensor buckets, Tensor? sharedBias, Tensor? hidden)
    {
        using var scope = new TensorScope();
        var bias = sharedBias ?? PositionBias(block, buckets);
        if (hidden is not null) bias += hidden;
        x += Attention(block + "attn.", RmsNorm(block + "norm1", x), bias);
        x += FeedForward(block + "ffn.", RmsNorm(block + "norm2", x));
        return scope.Keep(x);
    }

    private Tensor Attention(string attn, Tensor x, Tensor bias)
    {
        Tensor q = Heads(Linear(attn + "q", x)), k = Heads(Linear(attn + "k", x)), v = Heads(Linear(attn + "v", x));
        var scores = q.MatMul(k.Transpose(-2, -1)) + bias; // T5 does not divide by sqrt(d)
        var weights = F.Softmax(scores.To(DType.Float32), -1).To(x.DType);
        return Linear(attn + "o", weights.MatMul(v).Transpose(1, 2).Reshape(x.Size(0), x.Size(1), Config.DimAttn));
    }

    private Tensor FeedForward(string ffn, Tensor x) =>
        Linear(ffn + "fc2", Linear(ffn + "fc1", x) * Gelu(Linear(ffn + "gate.0", x)));

    // [B, L, A] -> [B, N, L, d]
    private Tensor Heads(Tensor x) => x.View(x.Size(0), x.Size(1), Config.NumHeads, -1).Transpose(1, 2);

    // [1, N, L, L]
    private Tensor PositionBias(string block, Tensor buckets) =>
        F.Embedding(_weights[block + "pos_embedding.embedding.weight"], buckets).Permute(2, 0, 1).Unsqueeze(0);

    private Tensor Linear(string module, Tensor x) => _weights.Matrix(module + ".weight").Use(x, static (matrix, x) => F.Linear(x, matrix));

    private Tensor RmsNorm(string module, Tensor x)
    {
        var wide = x.To(DType.Float32);
        var normal = wide * ((wide * wide).Mean([-1], keep: true) + Config.Eps).Rsqrt();
        return _weights[module + ".weight"] * normal.To(x.DType);
    }

    // Operator by operator: in bf16 the fused kernel rounds once, the official formula after each step.
    internal static Tensor Gelu(Tensor x) =>
        x * 0.5 * (F.Tanh((x + x.Pow(3) * 0.044715) * Math.Sqrt(2 / Math.PI)) + 1);

    private static double Lowest(DType dtype) =>
        dtype == DType.BFloat16 ? BitConverter.UInt32BitsToSingle(0xff7f0000) : float.MinValue;
}
