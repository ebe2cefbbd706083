using System.Text.Json;
using WanLab.Models.Vae;

namespace WanLab.Parity;

/// <summary>Kind <c>wan-vae</c>: encodings, decodings, and the condition of the longest clip's first frame.</summary>
internal static class VaeParity
{
    /// <summary>Runs a case and compares its outputs.</summary>
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

    /// <summary>The VAE's sizes as a case gives them; those that are left out are the released model's.</summary>
    internal static WanVaeConfig Config(JsonElement model)
    {
        var released = new WanVaeConfig();
        T Get<T>(string key, T otherwise) => model.TryGetProperty(key, out var value) ? value.Deserialize<T>()! : otherwise;
        return new WanVaeConfig
        {
            Dim = Get("dim", released.Dim),
            ZDim = Get("z_dim", released.ZDim),
            DimMult = Get("dim_mult", released.DimMult),
            NumResBlocks = Get("num_res_blocks", released.NumResBlocks),
            TemporalDownsample = Get("temporal_downsample", released.TemporalDownsample),
        };
    }
}
