using System.Text.Json;
using WanLab.Models.Umt5;

namespace WanLab.Parity;

/// <summary>Kind <c>umt5-encoder</c>: hidden states of a padded batch.</summary>
internal static class Umt5Parity
{
    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        using var encoder = new Umt5Encoder(golden.Weights("w."), Config(golden.Config.GetProperty("model")));
        yield return ParityResult.Compare(golden, "out.hidden", encoder.Forward(golden["in.ids"], golden["in.mask"]));
    }

    public static Umt5Config Config(JsonElement model) => new()
    {
        VocabSize = model.GetProperty("vocab").GetInt32(),
        Dim = model.GetProperty("dim").GetInt32(),
        DimAttn = model.GetProperty("dim_attn").GetInt32(),
        DimFfn = model.GetProperty("dim_ffn").GetInt32(),
        NumHeads = model.GetProperty("num_heads").GetInt32(),
        NumLayers = model.GetProperty("num_layers").GetInt32(),
        NumBuckets = model.GetProperty("num_buckets").GetInt32(),
        SharedPos = model.GetProperty("shared_pos").GetBoolean(),
    };
}
