using System.CommandLine;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Torch;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab resume RUN</c>: continues a run from its own folder.</summary>
internal static class ResumeVerb
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder, such as runs/orbit." };
        var set = new Option<string[]>("--set")
        {
            Description = "Change a setting that may change on resume: --set training.steps=3000. May be repeated.",
            AllowMultipleArgumentsPerToken = false,
        };
        var threads = TrainVerb.Threads();
        var missing = TrainVerb.AllowMissing();
        var command = new Command("resume", "Continue a run that was stopped or killed, to the same bits.") { run, set, threads, missing };
        command.SetAction((parsed, cancellation) =>
        {
            var folder = RunFolder.Existing(parsed.GetRequiredValue(run));
            var (job, warnings) = JobReader.Resumed(folder, parsed.GetValue(set) ?? []);
            foreach (var warning in warnings) context.Error.WriteNote(warning.ToString());
            var model = BaseModel.FromJob(job.Model, Device.Parse(job.Device));
            folder = RunFolder.Open(job.Output, job.Name); // now for writing
            return Task.FromResult(TrainVerb.Train(job, model, folder, resume: true, parsed.GetValue(threads), parsed.GetValue(missing),
                context, cancellation));
        });
        return command;
    }
}
