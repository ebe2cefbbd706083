using System.CommandLine;
using WanLab.Jupyter.Serving;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab jupyter</c>: the notebook kernel.</summary>
internal static class JupyterVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(CliContext context)
    {
        var command = new Command("jupyter", "Make Jupyter know the C# kernel of WanLab.");
        command.Subcommands.Add(Kernel(context));
        return command;
    }

    private static Command Kernel(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Connection file." };
        var command = new Command("kernel", "Be a kernel. Jupyter starts this itself.") { file };
        command.SetAction(async (parsed, cancellation) => await KernelProcess.RunAsync(parsed.GetRequiredValue(file), context.Time, cancellation));
        return command;
    }
}
