using WanLab.Datasets;
using WanLab.Media;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Review;
using WanLab.Review.Measures;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Notebooks;

/// <summary>The change that a run made: its newest previews next to the base model's and to how the scene really continues.</summary>
/// <param name="Measured">The change by measures; null where there are no previews of the base model and of a later step.</param>
/// <param name="Problem">Why it could not be measured; null if nothing stood in the way.</param>
internal sealed record RunChange(PreviewChange? Measured, string? Problem)
{
    private const int MeasuredClips = 4, ShownPrompts = 2;

    /// <summary>
    /// Measures a run's previews against some of its clips. A folder of clips that is gone by now, or a preview that cannot be read,
    /// does not spoil the end of a long run: it is said.
    /// </summary>
    public static RunChange Of(RunSnapshot run, CancellationToken cancellation)
    {
        if (run.Job is not { } job || run.Samples.All(sample => sample.Step > 0) || run.Samples.All(sample => sample.Step == 0))
            return new(null, null);
        try
        {
            return new(Measure(job, run.Samples, cancellation), null);
        }
        catch (WanLabException e)
        {
            return new(null, $"The previews could not be compared with the clips: {e.Message}");
        }
    }

    private static PreviewChange? Measure(TrainingJob job, IReadOnlyList<RunSample> samples, CancellationToken cancellation)
    {
        var clips = job.Datasets.Where(options => !options.IsRegularization)
            .SelectMany(options => ClipLibrary.Scan(options, job.TriggerWord, cancellation: cancellation,
                cacheFolder: CacheFolder.Encodings).Clips.DistinctBy(clip => clip.Path).Take(MeasuredClips))
            .Take(MeasuredClips).ToList();
        return PreviewChange.Of(samples, [.. clips.Select(clip => PreviewChange.Read(clip.Path, clip.Info, clip.NumFrames))]);
    }

    /// <summary>The verdict, and the numbers behind it.</summary>
    public IEnumerable<string> Lines()
    {
        if (Measured is not { } change) yield break;
        yield return change.Verdict;
        if (change.Motion != CameraMotion.Static)
            yield return FormattableString.Invariant(
                $"{Name(change.Motion)}, {Unit(change.Motion)}: {change.Base:0.0#} before, {change.Now:0.0#} now; ") +
                FormattableString.Invariant($"the clips, measured the same way: {change.Clips:0.0#}");
        yield return FormattableString.Invariant(
            $"Colours, distance from the clips' (0 is alike): {change.BaseColors:0.00} before, {change.NowColors:0.00} now");
    }

    /// <summary>Strips of the first prompts: the base model, the newest previews, and the reference where a prompt has one.</summary>
    public IEnumerable<Block> Blocks(RunSnapshot run)
    {
        var last = run.Samples.Count == 0 ? 0 : run.Samples.Max(sample => sample.Step);
        var prompts = run.Samples.Where(s => s.Step == 0).Select(s => s.Prompt)
            .Intersect(run.Samples.Where(s => s.Step == last).Select(s => s.Prompt)).Order().Take(ShownPrompts).ToList();
        if (last == 0 || prompts.Count == 0) yield break;
        yield return new Heading("Before and after", $"base model and step {last}", Level: 2);
        if (Problem is { } problem) yield return new Note(NoteKind.Warning, problem);
        foreach (var line in Lines()) yield return new Paragraph(line);
        foreach (var prompt in prompts)
        {
            var options = run.Job?.Sample.Prompts.ElementAtOrDefault(prompt);
            if (options is not null) yield return new Heading(options.Prompt);
            foreach (var block in Strips(run, prompt, last, options)) yield return block;
        }
    }

    // A clip that cannot be read takes nothing from the others.
    private static IEnumerable<Block> Strips(RunSnapshot run, int prompt, int last, Sampling.PromptOptions? options)
    {
        var rows = new List<(string, string, byte[])>();
        var notes = new List<Note>();
        try
        {
            var (before, after) = (Of(0), Of(last));
            var seconds = (VideoProbe.Probe(after.File).FrameCount - 1) / PreviewChange.FramesPerSecond;
            rows.Add(("before", "the base model", FrameStrip.Jpeg(before.File, seconds, PreviewChange.FramesPerSecond)));
            rows.Add(("after", $"step {last}", FrameStrip.Jpeg(after.File, seconds, PreviewChange.FramesPerSecond)));
            if (options is not null && Reference(options) is { } reference)
                rows.Add(("for comparison", "how the scene really continues", FrameStrip.Jpeg(reference, seconds)));
        }
        catch (WanLabException e)
        {
            notes.Add(new Note(NoteKind.Warning, e.Message));
        }
        return rows.Count == 0 ? notes : [new StripBlock(rows, $"Frames of prompt {prompt + 1}"), .. notes];

        RunSample Of(int step) => run.Samples.First(s => s.Step == step && s.Prompt == prompt);
    }

    private static string? Reference(Sampling.PromptOptions options)
    {
        if (options.Reference is { } named) return File.Exists(named) ? named : null;
        return File.Exists(options.Image) && VideoProbe.Probe(options.Image).FrameCount > 1 ? options.Image : null;
    }

    private static string Name(CameraMotion motion) => motion switch
    {
        CameraMotion.PanLeft => "Pan to the left",
        CameraMotion.PanRight => "Pan to the right",
        CameraMotion.TiltUp => "Tilt up",
        CameraMotion.TiltDown => "Tilt down",
        CameraMotion.DollyIn => "Dolly in",
        CameraMotion.DollyOut => "Dolly out",
        CameraMotion.TruckLeft => "Truck to the left",
        CameraMotion.TruckRight => "Truck to the right",
        CameraMotion.ZoomIn => "Zoom in",
        CameraMotion.ZoomOut => "Zoom out",
        CameraMotion.OrbitLeft => "Orbit to the left",
        _ => "Orbit to the right",
    };

    private static string Unit(CameraMotion motion) =>
        motion is CameraMotion.DollyIn or CameraMotion.DollyOut or CameraMotion.ZoomIn or CameraMotion.ZoomOut
            ? "e-folds a second" : "degrees a second";
}
