using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Tiny.Scenes;

namespace WanLab.Tiny.Pretraining;

/// <summary>How often a camera motion was what the caption said.</summary>
/// <param name="Asked">The caption's motion.</param>
/// <param name="Scenes">Held-out scenes.</param>
/// <param name="Rendered">Of the scenes as drawn, how many the measure classifies right: what can be reached at best.</param>
/// <param name="Sampled">Of the model's samples, how many.</param>
/// <param name="FirstFrame">Mean of the samples' first frames against the images, decibels.</param>
/// <param name="TakenFor">What wrong samples were taken for.</param>
/// <param name="Example">The first scene, as drawn and as sampled.</param>
public sealed record MotionScore(CameraMotion Asked, int Scenes, int Rendered, int Sampled, double FirstFrame,
    IReadOnlyList<CameraMotion> TakenFor, (RgbClip Drawn, RgbClip Sampled) Example);

/// <summary>Whether the base model does what its captions say: held-out scenes, sampled from their own first frame and caption.</summary>
public static class CaptionAccuracy
{
    /// <summary>Scenes from this number on were not trained on.</summary>
    public const int FirstHeldOut = 1_000_000;

    /// <summary>Measures every camera motion of the base model.</summary>
    /// <param name="sampler">The model under test.</param>
    /// <param name="options">The clips' size, and the seed of the scenes.</param>
    /// <param name="scenes">Scenes for each motion.</param>
    /// <param name="report">Told how far it is.</param>
    /// <param name="cancellation">Stops between samples.</param>
    /// <exception cref="WanLabException">No scenes are asked for.</exception>
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
