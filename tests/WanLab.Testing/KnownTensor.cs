using WanLab.Models.Weights;

namespace WanLab.Testing;

/// <summary>The published models' tensors: official name, diffusers name, shape. Written out apart from the code under test.</summary>
public sealed record KnownTensor(string Official, string Diffusers, params long[] Shape)
{
    internal static IReadOnlyList<WeightShape> Shapes(IEnumerable<KnownTensor> tensors) =>
        [.. tensors.Select(t => new WeightShape(t.Official, t.Shape))];

    public static IReadOnlyList<KnownTensor> Transformer(long dim = 5120, long ffn = 13824, long text = 4096, long freq = 256,
        int layers = 40, long channels = 36)
    {
        List<KnownTensor> all = [new("patch_embedding.weight", "patch_embedding.weight", dim, channels, 1, 2, 2),
            new("patch_embedding.bias", "patch_embedding.bias", dim)];
        Linear("text_embedding.0", "condition_embedder.text_embedder.linear_1", dim, text);
        Linear("text_embedding.2", "condition_embedder.text_embedder.linear_2", dim, dim);
        Linear("time_embedding.0", "condition_embedder.time_embedder.linear_1", dim, freq);
        Linear("time_embedding.2", "condition_embedder.time_embedder.linear_2", dim, dim);
        Linear("time_projection.1", "condition_embedder.time_proj", 6 * dim, dim);
        Linear("head.head", "proj_out", 64, dim);
        all.Add(new("head.modulation", "scale_shift_table", 1, 2, dim));
        for (var n = 0; n < layers; n++)
        {
            all.Add(new($"blocks.{n}.modulation", $"blocks.{n}.scale_shift_table", 1, 6, dim));
            foreach (var (official, diffusers) in (ReadOnlySpan<(string, string)>)[("self_attn", "attn1"), ("cross_attn", "attn2")])
            {
                foreach (var p in "qkv") Linear($"blocks.{n}.{official}.{p}", $"blocks.{n}.{diffusers}.to_{p}", dim, dim);
                Linear($"blocks.{n}.{official}.o", $"blocks.{n}.{diffusers}.to_out.0", dim, dim);
                foreach (var p in "qk")
                    all.Add(new($"blocks.{n}.{official}.norm_{p}.weight", $"blocks.{n}.{diffusers}.norm_{p}.weight", dim));
            }
            all.Add(new($"blocks.{n}.norm3.weight", $"blocks.{n}.norm2.weight", dim));
            all.Add(new($"blocks.{n}.norm3.bias", $"blocks.{n}.norm2.bias", dim));
            Linear($"blocks.{n}.ffn.0", $"blocks.{n}.ffn.net.0.proj", ffn, dim);
            Linear($"blocks.{n}.ffn.2", $"blocks.{n}.ffn.net.2", dim, ffn);
        }
        return all;

        void Linear(string official, string diffusers, long to, long from)
        {
            all.Add(new(official + ".weight", diffusers + ".weight", to, from));
            all.Add(new(official + ".bias", diffusers + ".bias", to));
        }
    }

    public static IReadOnlyList<KnownTensor> TinyTransformer(long channels = 36) => Transformer(8, 12, 6, 4, 2, channels);

    public static IReadOnlyList<KnownTensor> Vae() =>
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests/WanLab.Testing/vae-names.txt")).Select(line => line.Split(" | "))
            .Select(parts => new KnownTensor(parts[0], parts[1],
                [.. parts[2].Trim('(', ')').Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)]))];

    public static IReadOnlyList<KnownTensor> Umt5()
    {
        List<KnownTensor> all = [new("token_embedding.weight", "shared.weight", 256384, 4096),
            new("norm.weight", "encoder.final_layer_norm.weight", 4096)];
        for (var i = 0; i < 24; i++)
        {
            var layer = $"encoder.block.{i}.layer";
            all.Add(new($"blocks.{i}.norm1.weight", $"{layer}.0.layer_norm.weight", 4096));
            foreach (var p in "qkvo") all.Add(new($"blocks.{i}.attn.{p}.weight", $"{layer}.0.SelfAttention.{p}.weight", 4096, 4096));
            all.Add(new($"blocks.{i}.pos_embedding.embedding.weight", $"{layer}.0.SelfAttention.relative_attention_bias.weight", 32, 64));
            all.Add(new($"blocks.{i}.norm2.weight", $"{layer}.1.layer_norm.weight", 4096));
            all.Add(new($"blocks.{i}.ffn.gate.0.weight", $"{layer}.1.DenseReluDense.wi_0.weight", 10240, 4096));
            all.Add(new($"blocks.{i}.ffn.fc1.weight", $"{layer}.1.DenseReluDense.wi_1.weight", 10240, 4096));
            all.Add(new($"blocks.{i}.ffn.fc2.weight", $"{layer}.1.DenseReluDense.wo.weight", 4096, 10240));
        }
        return all;
    }
}
