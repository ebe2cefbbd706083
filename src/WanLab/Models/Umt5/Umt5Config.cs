namespace WanLab.Models.Umt5;

/// <summary>Sizes of a UMT5 encoder; the defaults are those of UMT5-XXL, which Wan uses.</summary>
internal sealed record Umt5Config
{
    /// <summary>Rows of the embedding table.</summary>
    public int VocabSize { get; init; } = 256384;

    /// <summary>Width of the residual stream and of the resulting embeddings.</summary>
    public int Dim { get; init; } = 4096;

    /// <summary>Width of all attention heads together.</summary>
    public int DimAttn { get; init; } = 4096;

    /// <summary>Hidden width of the feed-forward layers.</summary>
    public int DimFfn { get; init; } = 10240;

    /// <summary>Number of attention heads.</summary>
    public int NumHeads { get; init; } = 64;

    /// <summary>Number of blocks.</summary>
    public int NumLayers { get; init; } = 24;

    /// <summary>Number of buckets of relative positions, both directions together.</summary>
    public int NumBuckets { get; init; } = 32;

    /// <summary>Distance from which on all positions share the last bucket.</summary>
    public int MaxDistance { get; init; } = 128;

    /// <summary>Whether all blocks share one table of position biases (plain T5), instead of one each (UMT5).</summary>
    public bool SharedPos { get; init; }

    /// <summary>Epsilon of the RMS norms.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>Names and shapes of the encoder's tensors, by official name.</summary>
    public IReadOnlyList<WeightShape> Shapes()
    {
        var shapes = new List<WeightShape> { new("token_embedding.weight", VocabSize, Dim), new("norm.weight", Dim) };
        if (SharedPos) shapes.Add(new("pos_embedding.embedding.weight", NumBuckets, NumHeads));
        for (var i = 0; i < NumLayers; i++)
        {
            var block = $"blocks.{i}.";
            shapes.Add(new(block + "norm1.weight", Dim));
            foreach (var projection in (string[])["q", "k", "v"]) shapes.Add(new($"{block}attn.{projection}.weight", DimAttn, Dim));
            shapes.Add(new(block + "attn.o.weight", Dim, DimAttn));
            if (!SharedPos) shapes.Add(new(block + "pos_embedding.embedding.weight", NumBuckets, NumHeads));
            shapes.Add(new(block + "norm2.weight", Dim));
            shapes.Add(new(block + "ffn.gate.0.weight", DimFfn, Dim));
            shapes.Add(new(block + "ffn.fc1.weight", DimFfn, Dim));
            shapes.Add(new(block + "ffn.fc2.weight", Dim, DimFfn));
        }
        return shapes;
    }

    /// <summary>Reads the config.json of a UMT5 encoder in Hugging Face form (the text_encoder folder of a diffusers model).</summary>
    /// <exception cref="WanLabException">The file is missing or damaged, or describes another model.</exception>
    public static Umt5Config FromJson(string path) => JsonFile.Read(path, "UMT5 configuration", json =>
    {
        var type = json.GetProperty("model_type").GetString();
        if (type != "umt5") throw new WanLabException($"{path}: describes a model of type '{type}', not a UMT5 encoder.");
        var activation = json.TryGetProperty("feed_forward_proj", out var ffn) ? ffn.GetString() : "gated-gelu";
        if (activation != "gated-gelu")
            throw new WanLabException($"{path}: feed_forward_proj is '{activation}'; only gated-gelu, as in UMT5, is known.");
        var heads = json.GetProperty("num_heads").GetInt32();
        return new Umt5Config
        {
            VocabSize = json.GetProperty("vocab_size").GetInt32(),
            Dim = json.GetProperty("d_model").GetInt32(),
            DimAttn = heads * json.GetProperty("d_kv").GetInt32(),
            DimFfn = json.GetProperty("d_ff").GetInt32(),
            NumHeads = heads,
            NumLayers = json.GetProperty("num_layers").GetInt32(),
            NumBuckets = json.GetProperty("relative_attention_num_buckets").GetInt32(),
            MaxDistance = json.TryGetProperty("relative_attention_max_distance", out var distance) ? distance.GetInt32() : 128,
            Eps = json.TryGetProperty("layer_norm_epsilon", out var eps) ? eps.GetDouble() : 1e-6,
        };
    });
}
