using WanLab.Media;
using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;
using WanLab.Torch;

namespace WanLab.Tiny.Pretraining;

/// <summary>The quality of the finished model, measured on scenes it was not trained on. Decibels are peak signal-to-noise ratio.</summary>
/// <param name="Reconstruction">The VAE's reconstruction of a whole clip, against that clip.</param>
/// <param name="FirstFrame">A sampled clip's first frame against the image it was sampled from.</param>
/// <param name="Sample">A sampled clip against the rendered one.</param>
/// <param name="Still">The first frame repeated, against the rendered clip: the result of a model that learned no motion.</param>
/// <param name="Motions">The samples that move as their captions say, by camera motion.</param>
internal sealed record TinyFigures(
    double Reconstruction, double FirstFrame, double Sample, double Still, IReadOnlyList<MotionScore> Motions)
{
    private const int Scenes = 12;

    /// <summary>Measures a finished model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The size of the model's clips, and the seed of its training scenes.</param>
    /// <param name="scenesPerMotion">Number of scenes for each camera motion.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="cancellation">Stops between samples.</param>
    public static TinyFigures Measure(BaseModel model, PretrainingOptions options, int scenesPerMotion, Action<PretrainingProgress> report,
        CancellationToken cancellation)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        using var sampler = new TinySampler(model);
        var decibels = new double[4];
        for (var k = 0; k < Scenes; k++)
        {
            var number = CaptionAccuracy.FirstHeldOut + k;
            var truth = new RgbClip(SceneRenderer.Render(PretrainingScenes.Scene(options.Seed, number), options.Side, options.Side,
                options.Frames), options.Side, options.Side);
            var sample = sampler.Sample(truth, PretrainingScenes.Caption(options.Seed, number), k);
            var still = Enumerable.Repeat(truth.Frame(0).ToArray(), truth.Frames).SelectMany(frame => frame).ToArray();
            double[] values =
            [
                ClipMeasures.Psnr(Reconstruct(sampler, truth), truth.Pixels), ClipMeasures.Psnr(sample.Frame(0), truth.Frame(0)),
                ClipMeasures.Psnr(sample.Pixels, truth.Pixels), Math.Min(ClipMeasures.Psnr(still, truth.Pixels), MostCounted),
            ];
            for (var n = 0; n < values.Length; n++) decibels[n] += values[n] / Scenes;
        }
        return new TinyFigures(decibels[0], decibels[1], decibels[2], decibels[3],
            CaptionAccuracy.Measure(sampler, options, scenesPerMotion, report, cancellation));
    }

    // A clip in which nothing moves equals its repeated first frame: the ratio is infinite.
    private const double MostCounted = 50;

    private static byte[] Reconstruct(TinySampler sampler, RgbClip clip)
    {
        using var scope = new TensorScope();
        return Pixels.ToBytes(sampler.Vae.Decode(sampler.Vae.Encode(Pixels.ToVideo(clip.Pixels, clip.Width, clip.Height))));
    }
}
