using System.Globalization;
using WanLab.Datasets;
using WanLab.Models;
using WanLab.Notebooks;
using WanLab.Review;
using WanLab.Review.Measures;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Cli.Training;

/// <summary>The last words of a run on the command line: what it made, what came out, and where to look.</summary>
internal static class RunEnding
{
    private const int MeasuredClips = 4;

    /// <summary>Says how a run ended. A finished run also gets its report.</summary>
    public static void Write(CliContext context, TrainingJob job, RunFolder folder, int steps, CancellationToken cancellation)
    {
        if (steps < job.Training.Steps)
        {
            context.Out.WriteRaw(string.Create(CultureInfo.InvariantCulture,
                $"Stopped at step {steps} of {job.Training.Steps}; everything is saved. Continue with: ") +
                $"wanlab resume {Relative(folder.Path)}");
            return;
        }
        var samples = RunSample.In(folder);
        context.Out.WriteRaw("");
        context.Out.WriteRaw($"Done. The LoRA is in {Relative(folder.Path)}:");
        foreach (var file in Experts.All.Select(expert => folder.Checkpoint(expert, null)).Where(File.Exists))
            context.Out.WriteRaw($"  {Relative(file)}");
        if (samples.Count > 0)
            context.Out.WriteRaw($"  {Relative(Path.Combine(folder.Path, "samples"))}{Path.DirectorySeparatorChar}");
        if (Change(context, job, samples, cancellation) is { } change)
            foreach (var line in Lines(change)) context.Out.WriteRaw(line);
        Report(context, folder, cancellation);
    }

    /// <summary>The verdict, and the numbers behind it.</summary>
    internal static IEnumerable<string> Lines(PreviewChange change)
    {
        yield return change.Verdict;
        if (change.Motion != CameraMotion.Static)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  {Name(change.Motion)}, {Unit(change.Motion)}: {change.Base:0.0#} before, {change.Now:0.0#} now; ") +
                string.Create(CultureInfo.InvariantCulture, $"the clips, measured alike: {change.Clips:0.0#}");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  colours, distance from the clips' (0 is alike): {change.BaseColors:0.00} before, {change.NowColors:0.00} now");
    }

    // A folder of clips that is gone by now, or a preview that cannot be read, must not spoil the end of a long run.
    private static PreviewChange? Change(CliContext context, TrainingJob job, IReadOnlyList<RunSample> samples,
        CancellationToken cancellation)
    {
        try
        {
            if (samples.All(sample => sample.Step > 0) || samples.All(sample => sample.Step == 0)) return null;
            var clips = job.Datasets.Where(options => !options.IsRegularization)
                .SelectMany(options => ClipLibrary.Scan(options, job.TriggerWord, cancellation: cancellation,
                    cacheFolder: CacheFolder.Encodings).Clips.DistinctBy(clip => clip.Path).Take(MeasuredClips))
                .Take(MeasuredClips).ToList();
            return PreviewChange.Of(samples, [.. clips.Select(clip => PreviewChange.Read(clip.Path, clip.Info, clip.NumFrames))]);
        }
        catch (WanLabException e)
        {
            context.Error.WriteNote($"The previews could not be compared with the clips: {e.Message}");
            return null;
        }
    }

    private static void Report(CliContext context, RunFolder folder, CancellationToken cancellation)
    {
        try
        {
            var report = Lab.Attach(folder.Path, show: false).SaveReport(null, cancellation);
            context.Out.WriteRaw($"Look: {Relative(report)} in a browser, or: ./wanlab lab");
        }
        catch (WanLabException e)
        {
            context.Error.WriteNote(e.Message);
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(".", path);

    private static string Name(CameraMotion motion) => motion switch
    {
        CameraMotion.PanLeft => "pan to the left",
        CameraMotion.PanRight => "pan to the right",
        CameraMotion.TiltUp => "tilt up",
        CameraMotion.TiltDown => "tilt down",
        CameraMotion.DollyIn => "dolly in",
        CameraMotion.DollyOut => "dolly out",
        CameraMotion.TruckLeft => "truck to the left",
        CameraMotion.TruckRight => "truck to the right",
        CameraMotion.ZoomIn => "zoom in",
        CameraMotion.ZoomOut => "zoom out",
        CameraMotion.OrbitLeft => "orbit to the left",
        _ => "orbit to the right",
    };

    private static string Unit(CameraMotion motion) =>
        motion is CameraMotion.DollyIn or CameraMotion.DollyOut or CameraMotion.ZoomIn or CameraMotion.ZoomOut
            ? "e-folds a second" : "degrees a second";
}
