using System.CommandLine;
using Spectre.Console;
using WanLab.Cli.Training;
using WanLab.Jobs;
using WanLab.Models;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab train JOB</c>: trains the LoRAs that a job describes.</summary>
internal static class TrainVerb
{
    public static Command Create(CliContext context)
    {
        var (file, set) = (JobOptions.Job(), JobOptions.Set());
        var resume = new Option<bool>("--resume") { Description = "Continue the run of this name from its saved state." };
        var fresh = new Option<bool>("--fresh") { Description = "Delete the run of this name and start again." };
        var threads = Threads();
        var missing = AllowMissing();
        var command = new Command("train", "Train the LoRAs that a job describes.") { file, set, resume, fresh, threads, missing };
        command.SetAction((parsed, cancellation) =>
        {
            var job = JobReader.Load(parsed.GetRequiredValue(file), parsed.GetValue(set)).Noted(context);
            ModelCheck.Require(job.Model);
            var model = BaseModel.FromJob(job.Model, Device.Parse(job.Device)); // before --fresh deletes anything
            var mode = Mode(parsed.GetValue(resume), parsed.GetValue(fresh));
            var folder = RunStart.Folder(job, mode, new StartRemedies(Start: "leave --resume out", Resume: "--resume", Fresh: "--fresh"));
            return Task.FromResult(Train(job, model, folder, mode == StartMode.Resume, parsed.GetValue(threads), parsed.GetValue(missing),
                context, cancellation));
        });
        return command;
    }

    /// <summary>The option that sets the number of threads.</summary>
    public static Option<int?> Threads()
    {
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads for the model on a CPU. Default: those of the run so far; for a new one, by the model's size.",
        };
        threads.Require(value => value is null or (>= 1 and <= 1024), "--threads must be 1 to 1024.");
        return threads;
    }

    /// <summary>The option that agrees to clips that are left out.</summary>
    public static Option<bool> AllowMissing() => new("--allow-missing")
    {
        Description = "Train even if more than a tenth of the clips cannot be used and are left out.",
    };

    /// <summary>Trains a job in its folder and shows it; returns the exit code.</summary>
    public static int Train(TrainingJob job, BaseModel model, RunFolder folder, bool resume, int? threads, bool allowMissing,
        CliContext context, CancellationToken cancellation)
    {
        if (resume && RunStart.NothingLeft(folder, job) is { } nothing)
        {
            context.Out.WriteRaw(nothing);
            return ExitCode.Success;
        }
        context.Out.WriteRaw($"{job.Name}: {Numbers.Of(job.Training.Steps, "step")} on {Named(model.Device)}. The time left is shown as "
            + "soon as the first steps show the pace.");
        while (true)
        {
            try
            {
                var display = new TrainingDisplay(context, job, folder);
                var steps = display.Show(report => new Trainer(job, model, folder, new TrainerRuntime
                {
                    Report = report,
                    Time = context.Time,
                    Resume = resume,
                    Threads = threads,
                    AllowMissing = _ => allowMissing,
                }).Run(cancellation));
                RunEnding.Write(context, job, folder, steps, cancellation);
                return steps < job.Training.Steps ? ExitCode.Stopped : ExitCode.Success;
            }
            catch (MissingClipsException e) when (context.CanAsk)
            {
                // Asked here, because no question can be asked while the bars move. What was encoded is in the cache.
                if (!context.Out.Confirm(Markup.Escape($"{e.What}\nTrain without them?"), defaultValue: false)) throw;
                allowMissing = true;
            }
        }
    }

    private static string Named(Device device) => device.IsCpu ? "the CPU" : $"{device}";

    private static StartMode Mode(bool resume, bool fresh) => (resume, fresh) switch
    {
        (true, true) => throw new WanLabException("--resume and --fresh exclude each other; give one."),
        (true, false) => StartMode.Resume,
        (false, true) => StartMode.Fresh,
        _ => StartMode.New,
    };
}
