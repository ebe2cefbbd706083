using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Figures;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Notebooks.Views;

/// <summary>Shows runs: progress, plots, previews, checkpoints, warnings.</summary>
internal static class RunView
{
    private const int ShownWarnings = 5, MovingSteps = 2;

    /// <summary>Everything about a run as it is now.</summary>
    public static IEnumerable<Block> Of(RunSnapshot run) =>
    [
        .. Status(run), .. Plots(run), .. Previews(run, run.Samples), .. Checkpoints(run),
    ];

    /// <summary>Every plot; a terminal shows only those that say how the training does.</summary>
    public static IEnumerable<Block> Plots(RunSnapshot run)
    {
        if (run.Steps.Count == 0) yield break;
        var figures = new RunFigures(run);
        string[] inText = [figures.Loss().Title, figures.Validation().Title, figures.Seconds().Title];
        yield return new Row([.. figures.All().Select(f => new FigureBlock(f) { InText = inText.Contains(f.Title) })]);
    }

    /// <summary>The dashboard of a run: short, and with pictures that do not flicker until it has ended.</summary>
    public static IEnumerable<Block> Live(RunSnapshot run, bool ended, IReadOnlyList<string> calls)
    {
        foreach (var block in Status(run)) yield return block;
        if (run.Steps.Count > 0)
        {
            var figures = new RunFigures(run);
            LineFigure[] shown = [figures.Loss(), run.Validation.Count > 0 ? figures.Validation() : figures.GradientNorm()];
            yield return new Row([.. shown.Select(f => new FigureBlock(ended ? f : f.Reaching(Reach(run))) { Still = !ended })]);
        }
        if (calls.Count > 0) yield return new Facts([("in any cell", string.Join(" · ", calls))]);
    }

    /// <summary>All previews by step: the newest and the base model's as videos, those between as pictures.</summary>
    public static IEnumerable<Block> PreviewStrip(RunSnapshot run)
    {
        int[] steps = [.. run.Samples.Select(s => s.Step).Where(step => step > 0).Distinct().Order()];
        var still = steps.SkipLast(MovingSteps).Select(VideoGrid.Column).ToHashSet();
        return Previews(run, run.Samples, still);
    }

    // To the last step, so that the axis stays as it is; while that is far, only so far that something can be seen.
    private static int Reach(RunSnapshot run) => Math.Min(run.TotalSteps, Math.Max(10 * run.Step, 100));

    public static IEnumerable<Block> Status(RunSnapshot run, int warnings = ShownWarnings)
    {
        var stage = run.Stage is { } words ? $": {words}" : "";
        yield return new Heading(run.Folder.Name, $"{run.Status.ToString().ToLowerInvariant()}{stage}");
        if (run is { Status: RunStatus.Preparing, StageShare: { } share }) yield return new Progress(share.Done, share.Total);
        else if (run.TotalSteps > 0) yield return new Progress(run.Step, run.TotalSteps);
        yield return new Facts([.. Where(run)]);
        if (run.Error is { } error) yield return new Note(NoteKind.Error, error);
        foreach (var warning in Warnings(run, warnings)) yield return warning;
    }

    public static IEnumerable<Block> Warnings(RunSnapshot run, int most)
    {
        var all = EventText.Warnings(run);
        foreach (var warning in all.TakeLast(most)) yield return new Note(NoteKind.Warning, warning);
        if (all.Count - most is > 0 and var earlier)
            yield return new Paragraph($"and {earlier} earlier ones in {run.Folder.EventsFile}");
    }

    public static IEnumerable<Block> Previews(RunSnapshot run, IReadOnlyList<RunSample> samples, IReadOnlySet<string>? still = null)
    {
        if (samples.Count == 0) yield break;
        yield return new Heading("Previews", $"{Numbers.Of(samples.Count, "clip")}");
        var prompts = run.Job?.Sample.Prompts.Select(p => p.Prompt).ToList();
        var known = prompts is not null && samples.All(s => s.Prompt < prompts.Count);
        yield return VideoGrid.Of(samples, known ? prompts : null).Block(still);
    }

    public static IEnumerable<Block> Checkpoints(RunSnapshot run)
    {
        if (run.Checkpoints.Count == 0) yield break;
        yield return new Heading("Checkpoints");
        yield return new TableBlock(["step", "expert", "size", "file"], [.. run.Checkpoints.Where(c => File.Exists(c.File)).Select(Row)]);

        IReadOnlyList<string> Row(RunCheckpoint saved) =>
        [
            saved.Step is { } step ? $"{step}" : "finished", saved.Expert.Title(), Numbers.Size(new FileInfo(saved.File).Length),
            Path.GetRelativePath(run.Folder.Path, saved.File),
        ];
    }

    private static IEnumerable<(string, string)> Where(RunSnapshot run)
    {
        yield return ("folder", run.Folder.Path);
        if (run.TotalSteps > 0) yield return ("step", $"{run.Step} of {run.TotalSteps}");
        if (Turn(run) is { } turn) yield return ("turn", turn);
        foreach (var expert in Experts.All)
            if (run.Loss(expert) is { } loss) yield return ($"loss, {expert.Title()}", Numbers.Short(loss));
        foreach (var (expert, words) in LearningVerdict.Of(run.Validation)) yield return ($"learning, {expert.Title()}", words);
        if (run.SecondsPerStep is { } seconds) yield return ("pace", $"{Numbers.Short(seconds)} s a step");
        if (run.Status == RunStatus.Training && run.TimeLeft is { } left)
            yield return ("left", $"about {Numbers.Duration(left)}, previews and validation aside");
    }

    // Whose turn the next step is, where both experts are trained.
    private static string? Turn(RunSnapshot run)
    {
        if (run.HasEnded || run.Job is not { Multistage: { HighNoise: true, LowNoise: true } multistage } || run.Step >= run.TotalSteps)
            return null;
        var every = multistage.SwitchEvery;
        return $"{ExpertSchedule.Of(multistage).At(run.Step).Title()}, step {run.Step % every + 1} of {every}";
    }

    /// <summary>One line: which run it is, and where it stands.</summary>
    public static string Line(RunSnapshot run) => $"{run.Folder.Name}: {run.Status.ToString().ToLowerInvariant()}  {Course(run)}".TrimEnd();

    /// <summary>One line: step, losses, pace, time left.</summary>
    public static string Course(RunSnapshot run)
    {
        var losses = Experts.All.Select(e => (e, loss: run.Loss(e))).Where(p => p.loss is not null)
            .Select(p => $"{(p.e == Expert.High ? "high" : "low")} {Numbers.Short(p.loss!.Value)}");
        string[] parts =
        [
            run.TotalSteps > 0 ? $"step {run.Step}/{run.TotalSteps}" : "",
            losses.Any() ? $"loss {string.Join(' ', losses)}" : "",
            run.SecondsPerStep is { } seconds ? $"{Numbers.Short(seconds)} s a step"
                : run is { Status: RunStatus.Training, Steps.Count: > 0 } ? "measuring the pace" : "",
            run.Status == RunStatus.Training && run.TimeLeft is { } left ? $"{Numbers.Duration(left)} left" : "",
            run.Stage ?? "",
        ];
        return string.Join("  ", parts.Where(part => part != ""));
    }
}
