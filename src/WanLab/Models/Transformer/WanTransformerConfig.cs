namespace WanLab.Models.Transformer;

/// <summary>Sizes of a Wan transformer; the defaults are I2V-A14B's (Wan2.2 wan/configs/wan_i2v_A14B.py).</summary>
public sealed record WanTransformerConfig
{
    // Of any size that a config.json gives; far above those that exist, and small enough that the product of two is a number.
    private const int Largest = 1 << 15;

    /// <summary>Number of input channels: 16 noisy latent, 4 mask, 16 condition latent.</summary>
    public int InDim { get; init; } = 36;

    /// <summary>Number of output channels.</summary>
    public int OutDim { get; init; } = 16;

    /// <summary>Width of the residual stream.</summary>
    public int Dim { get; init; } = 5120;

    /// <summary>Width of the feed-forward layer.</summary>
    public int FfnDim { get; init; } = 13824;

    /// <summary>Width of the sinusoidal timestep embedding.</summary>
    public int FreqDim { get; init; } = 256;

    /// <summary>Width of the text encoder's output.</summary>
    public int TextDim { get; init; } = 4096;

    /// <summary>Number of attention heads.</summary>
    public int NumHeads { get; init; } = 40;

    /// <summary>Number of blocks.</summary>
    public int NumLayers { get; init; } = 40;

    /// <summary>Number of text tokens after padding.</summary>
    public int TextLen { get; init; } = 512;

    /// <summary>Epsilon of all normalisations.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>Width of one head.</summary>
    public int HeadDim => Dim / NumHeads;

    /// <summary>Patch size over frames, height and width, the same for all Wan models.</summary>
    public static (int T, int H, int W) Patch => (1, 2, 2);

    /// <summary>The ten linear layers of a block, by official name; the targets of a LoRA.</summary>
    public static IReadOnlyList<string> BlockLinears { get; } =
    [
        "self_attn.q", "self_attn.k", "self_attn.v", "self_attn.o",
        "cross_attn.q", "cross_attn.k", "cross_attn.v", "cross_attn.o",
        "ffn.0", "ffn.2",
    ];

    /// <summary>The shape [out, in] of a block's linear layer.</summary>
    public (long Out, long In) LinearShape(string module) => module switch
    {
        "ffn.0" => (FfnDim, Dim),
        "ffn.2" => (Dim, FfnDim),
        _ => (Dim, Dim),
    };

    /// <summary>Every tensor of the model: official name and shape (1095 of them for A14B).</summary>
    internal IReadOnlyList<WeightShape> Shapes()
    {
        var (pt, ph, pw) = Patch;
        List<WeightShape> shapes =
        [
            new("patch_embedding.weight", Dim, InDim, pt, ph, pw),
            new("patch_embedding.bias", Dim),
            .. Linear("text_embedding.0", Dim, TextDim),
            .. Linear("text_embedding.2", Dim, Dim),
            .. Linear("time_embedding.0", Dim, FreqDim),
            .. Linear("time_embedding.2", Dim, Dim),
            .. Linear("time_projection.1", 6L * Dim, Dim),
            .. Linear("head.head", (long)OutDim * pt * ph * pw, Dim),
            new("head.modulation", 1, 2, Dim),
        ];
        for (var layer = 0; layer < NumLayers; layer++)
        {
            var block = $"blocks.{layer}.";
            shapes.Add(new(block + "modulation", 1, 6, Dim));
            foreach (var module in BlockLinears)
            {
                var (rows, columns) = LinearShape(module);
                shapes.AddRange(Linear(block + module, rows, columns));
            }
            foreach (var norm in (string[])["self_attn.norm_q", "self_attn.norm_k", "cross_attn.norm_q", "cross_attn.norm_k"])
                shapes.Add(new($"{block}{norm}.weight", Dim));
            shapes.Add(new(block + "norm3.weight", Dim));
            shapes.Add(new(block + "norm3.bias", Dim));
        }
        return shapes;
    }

    /// <summary>Reads a config.json in official or diffusers form.</summary>
    /// <exception cref="WanLabException">The file describes another architecture.</exception>
    public static WanTransformerConfig FromJson(JsonElement json, string path)
    {
        var defaults = new WanTransformerConfig();
        int Int(string official, string diffusers, int otherwise)
        {
            var (name, value) = json.TryGetProperty(official, out var a) ? (official, a.GetInt32())
                : json.TryGetProperty(diffusers, out var b) ? (diffusers, b.GetInt32()) : (diffusers, otherwise);
            return value is >= 1 and <= Largest ? value : throw new WanLabException(
                FormattableString.Invariant($"{path}: {name} is {value}; no model has fewer than 1 or more than {Largest}. ") +
                "Fetch the file again.");
        }

        var heads = Int("num_heads", "num_attention_heads", defaults.NumHeads);
        var config = new WanTransformerConfig
        {
            InDim = Int("in_dim", "in_channels", defaults.InDim),
            OutDim = Int("out_dim", "out_channels", defaults.OutDim),
            Dim = json.TryGetProperty("attention_head_dim", out _)
                ? Int("attention_head_dim", "attention_head_dim", 0) * heads
                : Int("dim", "dim", defaults.Dim),
            FfnDim = Int("ffn_dim", "ffn_dim", defaults.FfnDim),
            FreqDim = Int("freq_dim", "freq_dim", defaults.FreqDim),
            TextDim = Int("text_dim", "text_dim", defaults.TextDim),
            NumHeads = heads,
            NumLayers = Int("num_layers", "num_layers", defaults.NumLayers),
            TextLen = Int("text_len", "text_len", defaults.TextLen),
        };
        if (json.TryGetProperty("image_dim", out var image) && image.ValueKind == JsonValueKind.Number)
            throw new WanLabException(
                $"{path}: describes a model with an image encoder (Wan 2.1 I2V). WanLab trains Wan 2.2 I2V A14B, which has none.");
        if (config.InDim != config.OutDim + 20)
            throw new WanLabException($"{path}: takes {config.InDim} input channels; " +
                $"image-to-video needs {config.OutDim + 20} ({config.OutDim} latent, 4 mask, 16 condition). " +
                "Is this a text-to-video model?");
        if (config.Dim % config.NumHeads != 0 || config.HeadDim % 2 != 0)
            throw new WanLabException($"{path}: a width of {config.Dim} cannot be split into {config.NumHeads} heads of an even size.");
        return config;
    }

    private static IEnumerable<WeightShape> Linear(string name, long rows, long columns) =>
        [new(name + ".weight", rows, columns), new(name + ".bias", rows)];
}
