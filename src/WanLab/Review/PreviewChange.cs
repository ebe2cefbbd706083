using WanLab.Media;
using WanLab.Review.Measures;
using WanLab.Runs;

namespace WanLab.Review;

/// <summary>
/// The difference between the newest previews of a run and the base model's, by the camera and by the colours, next to some of the clips
/// that it is trained on, all measured in the same way.
/// </summary>
/// <param name="Step">The step of the newest previews.</param>
/// <param name="Motion">The camera's motion that all the clips share, which is the one to learn; static if they share none.</param>
/// <param name="Base">Its rate in the base model's previews, per second in the motion's unit.</param>
/// <param name="Now">Its rate in the newest previews.</param>
/// <param name="Clips">Its rate in the clips.</param>
/// <param name="BaseColors">Distance of the base model's previews from the clips by their colours, 0 to 2.</param>
/// <param name="NowColors">The same distance for the newest previews.</param>
internal sealed record PreviewChange(int Step, CameraMotion Motion, double Base, double Now, double Clips, double BaseColors,
    double NowColors)
{
    private const int Side = 64; // what the measures were made for
    /// <summary>Frames a second of the model, however fast a preview is played.</summary>
    public const double FramesPerSecond = 16;

    private const double Smallest = 0.02; // colours that differ less look alike

    /// <summary>Measures the previews of a run; null if it has none of the base model and of a later step.</summary>
    /// <param name="samples">The previews.</param>
    /// <param name="clips">Some of the clips that the run is trained on, with their frames a second.</param>
    public static PreviewChange? Of(IReadOnlyList<RunSample> samples, IReadOnlyList<(RgbClip Clip, double Fps)> clips)
    {
        var step = samples.Count == 0 ? 0 : samples.Max(sample => sample.Step);
        var prompts = samples.Where(s => s.Step == 0).Select(s => s.Prompt)
            .Intersect(samples.Where(s => s.Step == step).Select(s => s.Prompt)).ToList();
        if (step == 0 || prompts.Count == 0 || clips.Count == 0) return null;
        var (before, now, wanted) = (Measure(Made(0)), Measure(Made(step)), Measure(clips));
        var motion = wanted.Motion;
        return new(step, motion, Rate(before.Camera, motion), Rate(now.Camera, motion), Rate(wanted.Camera, motion),
            before.Colors.Distance(wanted.Colors), now.Colors.Distance(wanted.Colors));

        List<(RgbClip, double)> Made(int at) =>
        [
            .. samples.Where(s => s.Step == at && prompts.Contains(s.Prompt))
                .Select(s => (RgbClip.Read(s.File, Side, Side), FramesPerSecond)),
        ];
    }

    /// <summary>A clip as it is measured: its first frames, as many as are trained.</summary>
    public static (RgbClip Clip, double Fps) Read(string path, MediaFacts facts, int frames)
    {
        var wanted = (int)Math.Clamp(Math.Ceiling(frames * facts.Fps / FramesPerSecond), 1, facts.FrameCount);
        var pixels = VideoReader.ReadFrames(path, [.. Enumerable.Range(0, wanted)],
            FrameFit.Cover(facts.Width, facts.Height, Side, Side), facts);
        return (new RgbClip(pixels, Side, Side), facts.Fps);
    }

    /// <summary>One sentence: whether the previews have become like the clips, as far as these measures see.</summary>
    public string Verdict => Motion == CameraMotion.Static ? Colors : ((Now - Base) / (Clips - Base)) switch
    {
        _ when Math.Abs(Clips - Base) < 0.3 * Math.Abs(Clips) => "The base model's camera moves almost as the clips' does already.",
        >= 0.65 => "The camera moves as in the clips.",
        >= 0.3 => "The camera moves as in the clips, but less.",
        _ => "The camera does not move as in the clips yet.",
    };

    private string Colors => BaseColors < Smallest ? "Camera and colours of the base model are those of the clips already."
        : (NowColors / BaseColors) switch
        {
            <= 0.35 => "The colours are those of the clips.",
            <= 0.7 => "The colours have come nearer to those of the clips.",
            _ => "By camera and colours the previews are hardly nearer to the clips; for a character or a detail, look at them.",
        };

    // Clips of a style or a character move in ways of their own, and the mean of those is nothing to learn: then it is static.
    private static (CameraMotionEstimate Camera, CameraMotion Motion, ColorStatistics Colors) Measure(
        IReadOnlyList<(RgbClip Clip, double Fps)> clips)
    {
        var colors = ColorStatistics.Mean([.. clips.Select(c => ColorStatistics.Of(c.Clip))]);
        var moving = clips.Where(c => c.Clip.Frames > 1).Select(c => CameraMotionFit.Of(c.Clip, c.Fps)).ToList();
        if (moving.Count == 0) return (new CameraMotionEstimate(0, 0, 0, 0, 0, 0), CameraMotion.Static, colors);
        var mean = CameraMotionEstimate.Mean(moving);
        var shared = moving.Count == clips.Count && moving.All(m => m.Kind() == mean.Kind());
        return (mean, shared ? mean.Kind() : CameraMotion.Static, colors);
    }

    // In the direction of the motion, so that a rate below 0 is the other direction.
    private static double Rate(CameraMotionEstimate camera, CameraMotion motion) => motion switch
    {
        CameraMotion.PanRight => camera.Pan,
        CameraMotion.PanLeft => -camera.Pan,
        CameraMotion.TiltUp => camera.Tilt,
        CameraMotion.TiltDown => -camera.Tilt,
        CameraMotion.ZoomIn => camera.Zoom,
        CameraMotion.ZoomOut => -camera.Zoom,
        CameraMotion.DollyIn => camera.Dolly,
        CameraMotion.DollyOut => -camera.Dolly,
        CameraMotion.TruckRight => camera.Truck,
        CameraMotion.TruckLeft => -camera.Truck,
        CameraMotion.OrbitRight => camera.OrbitRate,
        CameraMotion.OrbitLeft => -camera.OrbitRate,
        _ => 0,
    };
}
