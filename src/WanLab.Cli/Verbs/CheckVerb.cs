using System.CommandLine;
using WanLab.Cli.Planning;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Views;
using WanLab.Planning;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary>
/// <c>wanlab check</c>: finds every problem of a job that can be found without training: of the settings, the clips and the model's files.
/// </summary>
internal static class CheckVerb
{
    public static Command Create(CliContext context)
    {
        var (job, set) = (JobOptions.Job(), JobOptions.Set());
        var command = new Command("check", "Check a job: its settings, its model's files, its clips; nothing is trained.") { job, set };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Run(parsed.GetRequiredValue(job), parsed.GetValue(set) ?? [], context, cancellation)));
        return command;
    }

    private static int Run(string path, IReadOnlyList<string> overrides, CliContext context, CancellationToken cancellation)
    {
        var reading = JobReader.Read(path, overrides);
        context.Out.Show(reading.Problems.Select(JobView.Problem));
        if (reading.Job is not { } job)
        {
            context.Out.WriteRaw($"{Numbers.Of(reading.Errors.Count(), "error")}; correct the job as described above, then check again.");
            return ExitCode.UserError;
        }

        var datasets = job.Datasets.Select(dataset => ShowClips(dataset, job.TriggerWord, context, cancellation)).ToList();
        if (LongTexts.Tokenizer(job.Model) is { } tokenizer)
        {
            using (tokenizer)
                context.Out.Show(LongTexts.Warnings(tokenizer, datasets.OfType<Dataset>(), Preparation.PreviewTexts(job))
                    .Select(warning => new Note(NoteKind.Warning, warning)));
        }
        var model = ModelCheck.Problems(job.Model);
        context.Out.Show(model.Select(problem => new Note(NoteKind.Error, problem)));
        var device = DeviceCheck.Problem(job.Device);
        if (device is not null) context.Out.Show([new Note(NoteKind.Error, device)]);
        var usable = !datasets.Contains(null) && model.Count == 0 && ShowPlan(job, [.. datasets.OfType<Dataset>()], context);
        context.Out.Show(JobView.Of(job, whole: true));
        return usable && device is null ? ExitCode.Success : ExitCode.UserError;
    }

    private static Dataset? ShowClips(DatasetOptions options, string? triggerWord, CliContext context, CancellationToken cancellation)
    {
        try
        {
            var dataset = ClipLibrary.Scan(options, triggerWord, cancellation: cancellation, cacheFolder: CacheFolder.Encodings);
            context.Out.Show(DatasetView.Summary(dataset, int.MaxValue));
            context.Out.WriteRaw("");
            return dataset;
        }
        catch (WanLabException e)
        {
            context.Out.Show(new Note(NoteKind.Error, e.Message));
            return null;
        }
    }

    private static bool ShowPlan(TrainingJob job, IReadOnlyList<Dataset> datasets, CliContext context)
    {
        try
        {
            context.Out.Show(PlanView.Of(Planner.Plan(job, datasets, DeviceMemory.Of(job.Device))));
            context.Out.WriteRaw("");
            return true;
        }
        catch (WanLabException e)
        {
            context.Out.Show(new Note(NoteKind.Error, e.Message));
            return false;
        }
    }
}
