namespace WanLab.Models.Vae;

/// <summary>Adds one attention head's output to every pixel, with attention over all pixels of its frame.</summary>
internal sealed class AttentionBlock(ModelWeights weights, string name) : IVaeLayer
{
    private readonly RmsNorm _norm = new(weights, $"{name}.norm");
    private readonly Tensor _qkvWeight = weights[$"{name}.to_qkv.weight"]; // [3C, C, 1, 1]
    private readonly Tensor _qkvBias = weights[$"{name}.to_qkv.bias"];
    private readonly Tensor _outWeight = weights[$"{name}.proj.weight"]; // [C, C, 1, 1]
    private readonly Tensor _outBias = weights[$"{name}.proj.bias"];

    public static IEnumerable<WeightShape> Shapes(string name, long channels) =>
    [
        new($"{name}.norm.gamma", channels, 1, 1),
        new($"{name}.to_qkv.weight", 3 * channels, channels, 1, 1),
        new($"{name}.to_qkv.bias", 3 * channels),
        new($"{name}.proj.weight", channels, channels, 1, 1),
        new($"{name}.proj.bias", channels),
    ];

    /// <summary>Runs the block on [F, C, H, W]; the result has the same shape.</summary>
    public Tensor Forward(Tensor x, FeatureCache cache)
    {
        using var scope = new TensorScope();
        var (frames, channels, height, width) = (x.Size(0), x.Size(1), x.Size(2), x.Size(3));
        var tokens = _norm.Forward(x).Permute(0, 2, 3, 1).Reshape(frames, 1, height * width, channels);
        var qkv = F.Linear(tokens, _qkvWeight.View(3 * channels, channels), _qkvBias).Chunk(3, -1);
        var mixed = F.ScaledDotProductAttention(qkv[0], qkv[1], qkv[2]);
        var y = F.Linear(mixed, _outWeight.View(channels, channels), _outBias);
        return scope.Keep(x + y.Reshape(frames, height, width, channels).Permute(0, 3, 1, 2));
    }
}
