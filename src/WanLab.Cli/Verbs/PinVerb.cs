using System.CommandLine;
using WanLab.Runs;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab pin RUN STEP</c>: keeps a checkpoint that save.keep would delete.</summary>
internal static class PinVerb
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder, such as runs/orbit." };
        var step = new Argument<int>("STEP") { Description = "The step of the checkpoint." };
        var off = new Option<bool>("--off") { Description = "Let it be deleted again when it is old." };
        var command = new Command("pin", "Keep the checkpoint of a step, however many newer ones there are.") { run, step, off };
        command.SetAction(parsed =>
        {
            var folder = RunFolder.Existing(parsed.GetRequiredValue(run));
            if (parsed.GetValue(off)) folder.Unpin(parsed.GetValue(step));
            else folder.Pin(parsed.GetValue(step));
            var pinned = folder.PinnedSteps();
            context.Out.WriteRaw(pinned.Count == 0 ? "no checkpoint is pinned" : $"pinned: {string.Join(", ", pinned)}");
            if (!parsed.GetValue(off) && !folder.States.Steps.Contains(parsed.GetValue(step)))
                context.Out.WriteRaw($"The saved state of step {parsed.GetValue(step)} is no longer kept: a run that begins there "
                    + "(wanlab resume RUN --from STEP) starts from the adapters, with a new optimiser.");
            return ExitCode.Success;
        });
        return command;
    }
}
