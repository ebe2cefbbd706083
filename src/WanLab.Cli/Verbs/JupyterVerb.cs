using System.CommandLine;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Serving;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab jupyter</c>: installs and runs the notebook kernel.</summary>
internal static class JupyterVerb
{
    public static Command Create(CliContext context)
    {
        var command = new Command("jupyter", "Register WanLab's C# kernel with Jupyter.");
        command.Subcommands.Add(Install(context));
        command.Subcommands.Add(Kernel(context));
        command.Subcommands.Add(Setup());
        return command;
    }

    private static Command Install(CliContext context)
    {
        var folder = new Option<string?>("--data-dir") { Description = "A folder of Jupyter's data path. Default: the user's." };
        var command = new Command("install", $"Write the kernelspec '{KernelSpec.Name}', for every Jupyter of this user.") { folder };
        command.SetAction(parsed =>
        {
            var data = parsed.GetValue(folder) ?? KernelSpec.UserDataFolder(Environment.GetEnvironmentVariable);
            var written = KernelSpec.Write(data, KernelCommand.Of(typeof(JupyterVerb).Assembly.Location));
            context.Out.WriteRaw($"Written: {written}. Next: wanlab lab, or choose '{KernelSpec.DisplayName}' in your Jupyter");
        });
        return command;
    }

    private static Command Setup()
    {
        var file = new Argument<string>("FILE.dib") { Description = "Where to write it." };
        var command = new Command("setup-file", "Write the file that notebooks import in another C# kernel. The build does this.")
        {
            file,
        };
        command.Hidden = true;
        command.SetAction(parsed => AtomicFile.WriteText(parsed.GetRequiredValue(file), SetupFile.Text()));
        return command;
    }

    private static Command Kernel(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Connection file." };
        var command = new Command("kernel", "Run as a kernel. Jupyter starts this itself.") { file };
        // Without the token of Ctrl-C, which here means the cell and not the process.
        command.SetAction(async (parsed, _) =>
        {
            using var build = KernelCommand.HoldBuild(AppContext.BaseDirectory);
            await KernelProcess.RunAsync(parsed.GetRequiredValue(file), context.Time);
        });
        return command;
    }
}
