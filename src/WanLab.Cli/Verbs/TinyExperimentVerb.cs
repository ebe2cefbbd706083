using System.CommandLine;
using System.Globalization;
using WanLab.Cli.Training;
using WanLab.Experiments;
using WanLab.Media;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Review;
using WanLab.Tiny.Experiments;
using WanLab.Tiny.Pretraining;
using WanLab.Torch;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab tiny experiment</c>: repeats the experiments of docs/experiments.md.</summary>
internal static class TinyExperimentVerb
{
    private const string Captions = "captions";
    private const string HeldOut = "held-out";
    private static readonly int[] GridFrames = [0, 4, 8, 12, 16];

    public static Command Create(CliContext context)
    {
        string[] names = [Captions, .. new ExperimentList("").All().Select(experiment => experiment.Name)];
        var name = new Argument<string>("name") { Description = $"One of {string.Join(", ", names)}." };
        name.AcceptOnlyFromAmong(names);
        var output = new Option<string>("--out")
        {
            Description = "Folder for runs, clips, measures and figures; what is there is not made again.",
            DefaultValueFactory = _ => "runs/experiments",
        };
        var datasets = new Option<string>("--datasets")
        {
            Description = "Folder of the example data sets.",
            DefaultValueFactory = _ => "datasets-example",
        };
        var scenes = new Option<int>("--scenes")
        {
            Description = "captions: scenes for each camera motion.",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("experiment", "Repeat an experiment of docs/experiments.md; run again to continue where it stopped.")
        {
            name, output, datasets, scenes,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = new ExperimentFolder(parsed.GetValue(output)!);
            var (chosen, clips) = (parsed.GetValue(name), parsed.GetValue(datasets)!);
            if (chosen == Captions) RunCaptions(context, folder, parsed.GetValue(scenes), cancellation);
            else Run(context, new ExperimentList(clips).All().Single(e => e.Name == chosen), folder, cancellation);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void RunCaptions(CliContext context, ExperimentFolder folder, int scenes, CancellationToken cancellation)
    {
        Runtime.Threads = 1;
        using var sampler = new TinySampler(BaseModel.Tiny());
        IReadOnlyList<MotionScore> scores = [];
        new PretrainingDisplay(context).Show(report =>
            scores = CaptionAccuracy.Measure(sampler, new PretrainingOptions(), scenes, report, cancellation));
        context.Out.WriteRaw("| caption | scenes | rendered clips classified right | samples that do it "
            + "| first frame, dB | taken for instead |");
        context.Out.WriteRaw("| --- | --- | --- | --- | --- | --- |");
        foreach (var score in scores)
            context.Out.WriteRaw(Invariant($"| {score.Asked} | {score.Scenes} | {score.Rendered} | {score.Sampled} ")
                + Invariant($"| {score.FirstFrame:0.0} | {string.Join(", ", score.TakenFor)} |"));
        var all = (double)scores.Sum(score => score.Scenes);
        context.Out.WriteRaw(Invariant($"| all | {all} | {scores.Sum(s => s.Rendered) / all:0.0 %} ")
            + Invariant($"| {scores.Sum(s => s.Sampled) / all:0.0 %} | {scores.Average(s => s.FirstFrame):0.0} | |"));
        var grid = Path.ChangeExtension(folder.Figure(Captions), ".png");
        IReadOnlyList<IReadOnlyList<RgbClip>> pairs = [.. scores.Select(s => (IReadOnlyList<RgbClip>)[s.Example.Drawn, s.Example.Sampled])];
        FrameGrid.Write(grid, pairs, GridFrames);
        context.Out.WriteRaw($"Grid: {Path.GetRelativePath(".", grid)} "
            + "(a row for each caption's motion; left: as drawn, right: sampled from its first frame)");
    }

    private static void Run(CliContext context, ToyExperiment experiment, ExperimentFolder folder, CancellationToken cancellation)
    {
        ToyResult? result = null;
        new PretrainingDisplay(context).Show(
            report => result = new ToyExperimentRunner(folder, context.Time, report).Run(experiment, cancellation));
        context.Out.WriteRaw(experiment.Question);
        foreach (var panel in experiment.Panels)
        {
            var summary = Summary.Of(experiment, panel, result!.Samples);
            context.Out.WriteRaw("");
            context.Out.WriteRaw(summary.ToMarkdown());
            WriteFigure(folder.Figure($"{experiment.Name}-{panel.Name}"), summary, context);
        }
        if (experiment.Name == HeldOut) WriteHeldOut(result!.Trainings.Rows[0].Run!, context);
        foreach (var variant in experiment.Variants) WriteGrid(experiment, variant, folder, context);
    }

    private static void WriteFigure(string file, Course summary, CliContext context)
    {
        AtomicFile.WriteText(file,
            (LineFigure.Of(summary) with { XTitle = "training step (0: base model); bars: standard deviation over samples" }).ToSvg());
        context.Out.WriteRaw($"Figure: {Path.GetRelativePath(".", file)}");
    }

    private static void WriteHeldOut(RunSnapshot run, CliContext context)
    {
        context.Out.WriteRaw("");
        context.Out.WriteRaw("| step | expert | held-out loss minus the base model's | 95 % interval |");
        context.Out.WriteRaw("| --- | --- | --- | --- |");
        foreach (var record in run.Validation)
            context.Out.WriteRaw(Invariant($"| {record.Step} | {record.Expert} | {record.Difference:0.0000} ")
                + Invariant($"| {record.Lower:0.0000} to {record.Upper:0.0000} |"));
    }

    // Rows: base model and checkpoints; columns: the images, from the first noise.
    private static void WriteGrid(ToyExperiment experiment, Variant variant, ExperimentFolder folder, CliContext context)
    {
        var seed = experiment.Seeds[0];
        var rows = experiment.Steps.Prepend(0).Select(step =>
            (IReadOnlyList<RgbClip>)[.. experiment.Probes.Take(2).Select(probe => Clip(step, probe.Name))]);
        var file = folder.Figure($"{experiment.Name}-{variant.Name}");
        FrameGrid.Write(Path.ChangeExtension(file, ".png"), [.. rows], GridFrames, scale: 2);
        context.Out.WriteRaw($"Grid: {Path.GetRelativePath(".", Path.ChangeExtension(file, ".png"))}");

        RgbClip Clip(int step, string probe)
        {
            var (name, from) = step == 0 ? ("base", 0) : (variant.Name, seed);
            return RgbClip.Read(folder.Clip(new SampleKey(name, from, step, probe, experiment.Frames[0], 1)));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
