using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Pretraining;

/// <summary>The number of samples whose camera motion matches the caption.</summary>
/// <param name="Asked">The motion in the caption.</param>
/// <param name="Scenes">Number of held-out scenes.</param>
/// <param name="Rendered">Number of drawn scenes that the measure classifies correctly: the best possible result.</param>
/// <param name="Sampled">Number of the model's samples that it classifies correctly.</param>
/// <param name="FirstFrame">Mean similarity of the samples' first frames to the images, in decibels.</param>
/// <param name="TakenFor">The motions that wrong samples were classified as.</param>
/// <param name="Example">The first scene, drawn and sampled.</param>
internal sealed record MotionScore(CameraMotion Asked, int Scenes, int Rendered, int Sampled, double FirstFrame,
    IReadOnlyList<CameraMotion> TakenFor, (RgbClip Drawn, RgbClip Sampled) Example);

/// <summary>Measures whether the base model follows its captions: held-out scenes are sampled from their first frame and caption.</summary>
internal static class CaptionAccuracy
{
    /// <summary>Number of the first scene that was not used for training.</summary>
    public const int FirstHeldOut = 1_000_000;

    /// <summary>Measures every camera motion of the base model.</summary>
    /// <param name="sampler">The model under test.</param>
    /// <param name="options">The clips' size, and the seed of the scenes.</param>
    /// <param name="scenes">Number of scenes for each motion.</param>
    /// <param name="report">Receives the progress.</param>
    /// <param name="cancellation">Stops between samples.</param>
    /// <exception cref="WanLabException">The number of scenes is below 1.</exception>
    public static IReadOnlyList<MotionScore> Measure(TinySampler sampler, PretrainingOptions options, int scenes,
        Action<PretrainingProgress> report, CancellationToken cancellation = default)
    {
        if (scenes < 1) throw new WanLabException($"{scenes} scenes of a motion measure nothing; give 1 or more.");
        var (seed, side) = (options.Seed, options.Side);
        var motions = new SceneChoices().Cameras;
        var scores = new List<MotionScore>();
        foreach (var motion in motions)
        {
            var numbers = Enumerable.Range(FirstHeldOut, int.MaxValue - FirstHeldOut)
                .Where(n => PretrainingScenes.Scene(seed, n).Camera == motion)
                .Take(scenes);
            var (rendered, sampled, first, wrong) = (0, 0, 0.0, new List<CameraMotion>());
            (RgbClip, RgbClip)? example = null;
            foreach (var number in numbers)
            {
                cancellation.ThrowIfCancellationRequested();
                var truth = new RgbClip(SceneRenderer.Render(PretrainingScenes.Scene(seed, number), side, side, options.Frames),
                    side, side);
                if (CameraMotionFit.Of(truth).Kind() == motion) rendered++;
                var sample = sampler.Sample(truth, PretrainingScenes.Caption(seed, number), number);
                example ??= (truth, sample);
                var kind = CameraMotionFit.Of(sample).Kind();
                if (kind == motion) sampled++;
                else wrong.Add(kind);
                first += ClipMeasures.Psnr(sample.Frame(0), truth.Frame(0)) / scenes;
            }
            scores.Add(new MotionScore(motion, scenes, rendered, sampled, first, wrong, example!.Value));
            report(new PretrainingProgress("captions", scores.Count, motions.Count));
        }
        return scores;
    }
}
