using System.CommandLine;
using System.Diagnostics;
using WanLab.Jupyter.Install;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab lab</c>: starts the Jupyter of this machine with the kernel.</summary>
internal static class LabVerb
{
    public static Command Create(CliContext context)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of notebooks.", DefaultValueFactory = _ => "." };
        var port = new Option<int>("--port") { Description = "Port on this machine.", DefaultValueFactory = _ => 8888 };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var command = new Command("lab", "Open notebooks in the Jupyter that is on this machine.") { folder, port, noBrowser };
        command.SetAction(async (parsed, _) =>
        {
            var at = Path.GetFullPath(parsed.GetRequiredValue(folder));
            if (!Directory.Exists(at)) throw new WanLabException($"{at}: there is no such folder; make it, or name another.");
            var jupyter = JupyterProgram.Find(Environment.GetEnvironmentVariable("PATH") ?? "");
            var data = Path.Combine(CacheFolder.Path, "jupyter");
            KernelSpec.Write(data, KernelCommand.Of(typeof(LabVerb).Assembly.Location));
            string[] arguments = [at, $"--port={parsed.GetValue(port)}", .. parsed.GetValue(noBrowser) ? ["--no-browser"] : (string[])[]];
            context.Error.WriteNote($"starting {jupyter.Path}; choose the kernel '{KernelSpec.DisplayName}' for new notebooks");
            using var process = Process.Start(jupyter.Start(data, arguments))!;
            // Ctrl-C reaches Jupyter as well, which asks the user whether to stop.
            await process.WaitForExitAsync(CancellationToken.None);
            return process.ExitCode == 0 ? ExitCode.Success : ExitCode.UserError;
        });
        return command;
    }
}
