using System.CommandLine;
using WanLab.Runs;
using WanLab.Runs.Control;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab ctl RUN COMMAND</c>: steers a run that another shell started.</summary>
internal static class CtlVerb
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder, such as runs/orbit." };
        var word = new Argument<string>("COMMAND")
        {
            Description = "save, sample, pause, resume or stop; carried out after the current step.",
        };
        word.AcceptOnlyFromAmong([.. RunCommand.Words.Keys]);
        var command = new Command("ctl", "Save, sample, pause, resume or stop a run in progress.") { run, word };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = RunFolder.Existing(parsed.GetRequiredValue(run));
            context.Out.WriteRaw(
                await folder.Control.AskAsync(parsed.GetRequiredValue(word), () => folder.IsRunning, context.Time, cancellation));
            return ExitCode.Success;
        });
        return command;
    }
}
