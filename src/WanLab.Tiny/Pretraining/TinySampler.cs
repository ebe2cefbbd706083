using WanLab.Media;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Sampling;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>Samples the base model from pictures in memory and keeps all parts of the model open.</summary>
internal sealed class TinySampler : IDisposable
{
    private readonly BaseModel _model;
    private readonly PromptEncoder _prompts;
    private readonly ExpertSource _experts;

    /// <summary>The settings for sampling.</summary>
    public static VideoSettings Settings { get; } = new() { Steps = 20, GuidanceScale = 2 };

    /// <summary>Opens a small model.</summary>
    public TinySampler(BaseModel model)
    {
        _model = model;
        _prompts = new PromptEncoder(model);
        _experts = new ExpertSource(model);
        Vae = model.OpenVae();
    }

    /// <summary>The model's VAE.</summary>
    public WanVae Vae { get; }

    /// <summary>Samples a clip that starts with another clip's first frame.</summary>
    /// <param name="like">The clip that gives the first frame and the length.</param>
    /// <param name="prompt">The prompt, which says what happens.</param>
    /// <param name="seed">Seed of the noise.</param>
    public RgbClip Sample(RgbClip like, string prompt, int seed)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var image = Pixels.ToVideo(like.Frame(0), like.Width, like.Height);
        var y = ImageCondition.Build(Vae, image, like.Frames);
        using var generator = new Generator((ulong)seed);
        var noise = Tensor.Randn([1, _model.Config.OutDim, y.Size(2), y.Size(3), y.Size(4)], generator);
        var conditions = new LatentConditions(y, _prompts.Embed(prompt), _prompts.Embed(""));
        var latent = LatentSampler.Sample(Settings, Experts.UsualBoundary, conditions, noise, _experts.Open);
        return new RgbClip(Pixels.ToBytes(Vae.Decode(latent)), like.Width, like.Height);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Vae.Dispose();
        _prompts.Dispose();
        _experts.Dispose();
    }
}
