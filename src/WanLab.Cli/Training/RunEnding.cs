using System.Globalization;
using WanLab.Models;
using WanLab.Notebooks;
using WanLab.Review;
using WanLab.Runs;
using WanLab.Training;

namespace WanLab.Cli.Training;

/// <summary>The last words of a run on the command line: what it made, what came out, and where to look.</summary>
internal static class RunEnding
{
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
        var run = LabRun.Read(folder);
        var change = RunChange.Of(run, cancellation);
        if (change.Problem is { } problem) context.Error.WriteNote(problem);
        foreach (var (expert, words) in LearningVerdict.Of(run.Validation)) context.Out.WriteRaw($"Learning, {expert.Title()}: {words}");
        foreach (var (k, line) in change.Lines().Index()) context.Out.WriteRaw(k == 0 ? line : $"  {line}");
        Report(context, run, change, cancellation);
    }

    private static void Report(CliContext context, RunSnapshot run, RunChange change, CancellationToken cancellation)
    {
        try
        {
            var report = RunReport.Save(run, Path.Combine(run.Folder.Path, "report.html"), context.Time, cancellation, change);
            context.Out.WriteRaw($"Look: {Relative(report)} in a browser, or: ./wanlab lab");
        }
        catch (WanLabException e)
        {
            context.Error.WriteNote(e.Message);
        }
    }

    private static string Relative(string path) => Path.GetRelativePath(".", path);
}
