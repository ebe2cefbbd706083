using System.CommandLine;
using Spectre.Console;
using WanLab.Cli.Planning;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Planning;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab check</c>: everything that can be told about a job without opening a model.</summary>
internal static class CheckVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var job = new Argument<string>("JOB") { Description = "The job file." };
        var set = new Option<string[]>("--set") { Description = "Change a setting, such as training.steps=10; may be given several times.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Check a job: its settings, its files, its clips; nothing is trained.") { job, set };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetRequiredValue(job), parsed.GetValue(set) ?? [], context, cancellation)));
        return command;
    }

    private static int Run(string path, IReadOnlyList<string> overrides, CliContext context, CancellationToken cancellation)
    {
        var reading = JobReader.Read(path, overrides);
        foreach (var problem in reading.Problems) Show(problem.ToString(), problem.Severity, context.Out);
        if (reading.Job is not { } job)
        {
            var errors = reading.Errors.Count();
            context.Out.WriteRaw($"{errors} {(errors == 1 ? "error" : "errors")}; mend as said above, then check again.");
            return ExitCode.UserError;
        }

        var datasets = job.Datasets.Select(dataset => ShowClips(dataset, job.TriggerWord, context, cancellation)).ToList();
        var usable = !datasets.Contains(null);
        context.Out.WriteRaw("");
        if (usable) usable = ShowPlan(job, [.. datasets.OfType<Dataset>()], context);
        context.Out.WriteRaw(JobWriter.Write(job).TrimEnd());
        return usable ? ExitCode.Success : ExitCode.UserError;
    }

    private static Dataset? ShowClips(DatasetOptions options, string? triggerWord, CliContext context, CancellationToken cancellation)
    {
        Dataset dataset;
        try
        {
            dataset = ClipLibrary.Scan(options, triggerWord, cancellation: cancellation);
        }
        catch (WanLabException e)
        {
            Show(e.Message, Severity.Error, context.Out);
            return null;
        }
        foreach (var problem in dataset.Problems) Show($"left out: {problem.Message}", Severity.Warning, context.Out);
        // Mirrored copies and windows of a clip share its warnings.
        foreach (var clips in dataset.Clips.SelectMany(clip => clip.Warnings.Select(warning => (clip.Path, Warning: warning))).Distinct())
            Show($"{clips.Path}: {clips.Warning}", Severity.Warning, context.Out);

        var files = dataset.Clips.Select(clip => clip.Path).Distinct().Count();
        var items = dataset.Clips.Count == files ? "" : $" give {dataset.Clips.Count} items";
        context.Out.WriteRaw($"{options.Path}: {files} clips{items}, {options.NumFrames} frames each{(dataset.Problems.Count > 0 ? $"; {dataset.Problems.Count} left out" : "")}");
        foreach (var bucket in dataset.Clips.GroupBy(clip => clip.Bucket).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal))
            context.Out.WriteRaw($"  {bucket.Key,-10} {bucket.Count()}");
        return dataset;
    }

    private static bool ShowPlan(TrainingJob job, IReadOnlyList<Dataset> datasets, CliContext context)
    {
        try
        {
            PlanText.Write(Planner.Plan(job, datasets, DeviceMemory.Of(job.Device)), context.Out);
            context.Out.WriteRaw("");
            return true;
        }
        catch (WanLabException e)
        {
            Show(e.Message, Severity.Error, context.Out);
            return false;
        }
    }

    private static void Show(string text, Severity severity, IAnsiConsole console)
    {
        var mark = severity == Severity.Error ? "error: " : "warning: ";
        // A job's problems say themselves what they are, after the place.
        if (text.Contains(mark, StringComparison.Ordinal)) console.WriteRaw(text);
        else console.WriteRaw(mark + text);
    }
}
