using System.Text.Json;
using WanLab.Models.Vae;

namespace WanLab.Parity;

/// <summary>Cases of kind "wan-vae": encodings, decodings, and the condition of the longest clip's first frame.</summary>
public static class VaeParity
{
    /// <summary>Runs a case.</summary>
    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        using var vae = new WanVae(golden.Weights("w."), Config(golden.Config.GetProperty("model")));
        var lengths = golden.Config.GetProperty("frames").Deserialize<int[]>()!;
        foreach (var frames in lengths)
        {
            yield return ParityResult.Compare(golden, $"out.latent{frames}", vae.Encode(golden[$"in.video{frames}"]));
            yield return ParityResult.Compare(golden, $"out.decoded{frames}", vae.Decode(golden[$"out.latent{frames}"]));
        }
        if (!golden.Has("out.condition")) yield break;
        var longest = lengths.Max();
        yield return ParityResult.Compare(golden, "out.condition", vae.Condition(golden[$"in.video{longest}"].Narrow(2, 0, 1), longest));
    }

    private static WanVaeConfig Config(JsonElement model) => new()
    {
        Dim = model.GetProperty("dim").GetInt32(),
        ZDim = model.GetProperty("z_dim").GetInt32(),
        DimMult = model.GetProperty("dim_mult").Deserialize<int[]>()!,
        NumResBlocks = model.GetProperty("num_res_blocks").GetInt32(),
        TemporalDownsample = model.GetProperty("temporal_downsample").Deserialize<bool[]>()!,
    };
}
