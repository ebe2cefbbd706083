using System.CommandLine;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Notebooks.Views;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab resume RUN</c>: continues a run from its own folder.</summary>
internal static class ResumeVerb
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder, such as runs/orbit." };
        var set = JobOptions.Set("Change a setting that may change on resume: --set training.steps=3000.");
        var from = new Option<int?>("--from")
        {
            Description = "Begin a new run at a checkpoint of this one, which stays as it is: --from 1000. The new run is named "
                + "RUN-from-1000; choose another name with --set job.name=NAME.",
        };
        var threads = TrainVerb.Threads();
        var missing = TrainVerb.AllowMissing();
        var command = new Command("resume", "Continue a run that was stopped or killed, to the same bits.")
        {
            run, from, set, threads, missing,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = RunFolder.Existing(parsed.GetRequiredValue(run));
            var step = parsed.GetValue(from);
            var changed = parsed.GetValue(set) ?? [];
            var job = (step is { } at ? JobReader.Branched(folder, at, changed) : JobReader.Resumed(folder, changed)).Noted(context);
            var model = BaseModel.FromJob(job.Model, Device.Parse(job.Device));
            folder = step is { } first ? Branch(folder, first, job, model, context) : RunFolder.Open(job.Output, job.Name); // for writing
            return Task.FromResult(TrainVerb.Train(job, model, folder, resume: true, parsed.GetValue(threads), parsed.GetValue(missing),
                context, cancellation));
        });
        return command;
    }

    private static RunFolder Branch(RunFolder source, int step, TrainingJob job, BaseModel model, CliContext context)
    {
        var folder = RunBranch.Create(source, step, job, model, context.Time);
        var branched = RunReader.Open(folder).Events.Select(e => e.Event).OfType<RunBranched>().First();
        context.Out.WriteRaw($"{Path.GetRelativePath(".", folder.Path)} {EventText.Of(branched)}");
        return folder;
    }
}
