using System.CommandLine;
using WanLab.Cli.Planning;
using WanLab.Datasets;
using WanLab.Jobs;
using WanLab.Notebooks.Views;
using WanLab.Planning;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab plan</c>: shows what a job will need, before anything is loaded.</summary>
internal static class PlanVerb
{
    public static Command Create(CliContext context)
    {
        var (file, set) = (JobOptions.Job(), JobOptions.Set());
        var memory = new Option<double?>("--memory")
        {
            Description = "Plan for a device with this much memory, in GiB. [default: the job's device, if it is here]",
        };
        var json = JsonOutput.Option();
        var command = new Command("plan", "Show what a job will need (memory, disk, time) and which timesteps it draws.")
        {
            file, set, memory, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var job = JobReader.Load(parsed.GetRequiredValue(file), parsed.GetValue(set)).Noted(context);
            // Only a warning, for the plan may be for another machine.
            if (DeviceCheck.Problem(job.Device) is { } device) context.Error.WriteNote($"warning: {device}");
            var datasets = job.Datasets.Select(options => ClipLibrary.Scan(options, job.TriggerWord, cancellation: cancellation,
                cacheFolder: CacheFolder.Encodings)).ToList();
            var bytes = parsed.GetValue(memory) is { } gib ? (long)(gib * (1L << 30)) : DeviceMemory.Of(job.Device);
            var plan = Planner.Plan(job, datasets, bytes) with { Elsewhere = parsed.GetValue(memory) is not null };
            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Out, PlanView.Json(plan));
                return Task.FromResult(plan.Fits ? ExitCode.Success : ExitCode.UserError);
            }
            foreach (var dataset in plan.Datasets)
            {
                var (summary, items) = (DatasetView.Summary(dataset, int.MaxValue), DatasetView.Items(dataset, plan.HeldOut, int.MaxValue));
                context.Out.Show([.. summary, .. items]);
                context.Out.WriteRaw("");
            }
            context.Out.Show(PlanView.Of(plan));
            return Task.FromResult(plan.Fits ? ExitCode.Success : ExitCode.UserError);
        });
        return command;
    }
}
