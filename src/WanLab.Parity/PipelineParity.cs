using System.Text.Json;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Vae;
using WanLab.Sampling;

namespace WanLab.Parity;

/// <summary>Kind <c>i2v-pipeline</c>: the condition, the latent and the video from an image, embedded prompts and noise.</summary>
internal static class PipelineParity
{
    public static IEnumerable<ParityResult> Run(GoldenCase golden)
    {
        var settings = Settings(golden.Config);
        var boundary = golden.Config.GetProperty("boundary").GetDouble() / 1000;
        var config = WanTransformerConfig.FromJson(golden.Config.GetProperty("model"), golden.Name);
        using var vae = new WanVae(golden.Weights("vae."), VaeParity.Config(golden.Config.GetProperty("vae")));
        using var high = new WanTransformer(golden.Weights("high."), config);
        using var low = new WanTransformer(golden.Weights("low."), config);

        var y = ImageCondition.Build(vae, golden["in.image"].Unsqueeze(1).Unsqueeze(0), golden.Config.GetProperty("frames").GetInt32());
        yield return ParityResult.Compare(golden, "out.y", y.Squeeze(0));

        var steps = new List<LatentStep>();
        var conditions = new LatentConditions(y, golden["in.context"].Unsqueeze(0),
            golden.Has("in.negative") ? golden["in.negative"].Unsqueeze(0) : null);
        var latent = LatentSampler.Sample(settings, boundary, conditions, golden["in.noise"].Unsqueeze(0),
            expert => new SampledExpert(expert == Expert.High ? high : low), steps.Add);
        yield return Same(golden, "timesteps", steps.Select(step => step.Timestep));
        yield return Same(golden, "experts", steps.Select(step => step.Expert == Expert.High ? "high" : "low"));
        yield return ParityResult.Compare(golden, "out.latent", latent.Squeeze(0));
        yield return ParityResult.Compare(golden, "out.video", vae.Decode(latent).Squeeze(0));
    }

    private static VideoSettings Settings(JsonElement config)
    {
        var guidance = config.GetProperty("guidance");
        return new VideoSettings
        {
            Sampler = Solver.Parse(config.GetProperty("solver").GetString()!),
            Steps = config.GetProperty("steps").GetInt32(),
            Shift = config.GetProperty("shift").GetDouble(),
            GuidanceScale = new PerExpert(guidance.GetProperty("high").GetDouble(), guidance.GetProperty("low").GetDouble()),
        };
    }

    private static ParityResult Same<T>(GoldenCase golden, string list, IEnumerable<T> actual) => new(golden.Name, list,
        golden.Config.GetProperty(list).Deserialize<T[]>()!.SequenceEqual(actual) ? 0 : double.PositiveInfinity);
}
