using WanLab.Diffusion;
using WanLab.Encodings;
using WanLab.Models.Transformer;

namespace WanLab.Training.Validation;

/// <summary>
/// The flow-matching loss of fixed clips with fixed noise at fixed sigmas. Most of the spread of the training loss comes from
/// its random timesteps; without them, small changes become visible.
/// </summary>
/// <param name="clips">The clips; the first window of each is used, with its full caption.</param>
/// <param name="text">Encodes a caption, [1, tokens, text width].</param>
/// <param name="seed">Noise is a function of this seed, the clip's name and the sigma's position.</param>
internal sealed class HeldOutLoss(IReadOnlyList<EncodedClip> clips, Func<string, Tensor> text, long seed)
{
    /// <summary>The clips that are measured.</summary>
    public IReadOnlyList<EncodedClip> Clips { get; } = clips;

    /// <summary>Mean squared errors: one row per clip, one column per sigma.</summary>
    /// <param name="model">An expert.</param>
    /// <param name="adapter">The expert's adapter; null measures the base model.</param>
    /// <param name="sigmas">Noise levels in (0, 1].</param>
    /// <param name="cancellation">Stops between two passes.</param>
    public double[][] Measure(WanTransformer model, ILinearAdapter? adapter, IReadOnlyList<double> sigmas, CancellationToken cancellation)
    {
        using var off = GradMode.Off();
        return [.. Clips.Select(clip =>
        {
            using var scope = new TensorScope();
            var (latent, condition) = clip.Load(0);
            var (clean, y) = (latent.To(model.Device), condition.To(model.Device));
            var embedded = model.EmbedText(text(clip.Clip.Caption));
            return sigmas.Select((sigma, k) =>
                Loss(model, adapter, clean, y, embedded, Noise(clip, latent.Shape, k).To(model.Device), sigma, cancellation)).ToArray();
        })];
    }

    private static double Loss(WanTransformer model, ILinearAdapter? adapter, Tensor clean, Tensor y, Tensor text, Tensor noise,
        double sigma, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var scope = new TensorScope();
        var prediction = model.Forward(FlowMatching.AddNoise(clean, noise, sigma), y, Tensor.From([Timestep.Of(sigma)], 1), text, adapter);
        return F.MseLoss(prediction, FlowMatching.Target(clean, noise)).Item();
    }

    private Tensor Noise(EncodedClip clip, IReadOnlyList<long> shape, int sigma)
    {
        using var generator = new Generator(CounterRandom.Bits(seed, "validation " + clip.Clip.Name, sigma));
        return Tensor.Randn([.. shape], generator);
    }
}
