using System.CommandLine;
using WanLab.Cli.Serving;
using WanLab.Jupyter.Install;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab lab</c>: starts the Jupyter of this machine with the kernel, in a folder that is the user's own.</summary>
internal static class LabVerb
{
    private const int UsualPort = 8888;

    public static Command Create(CliContext context)
    {
        var folder = new Argument<string?>("DIR")
        {
            Description = "A folder of your own notebooks, opened as it is. Default: ~/wanlab, with copies of WanLab's notebooks.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var here = new Option<bool>("--here") { Description = "Open this folder, with copies of WanLab's notebooks." };
        var port = new Option<int?>("--port") { Description = $"Port on this machine. Default: the first free one from {UsualPort} up." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the address." };
        var command = new Command("lab", "Open notebooks in the Jupyter that is on this machine.") { folder, here, port, noBrowser };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(folder);
            if (named is not null && parsed.GetValue(here)) throw new WanLabException("Give a folder or --here, not both.");
            var jupyter = JupyterProgram.Find(Environment.GetEnvironmentVariable("PATH") ?? "");
            var at = named is not null ? Own(named)
                : Filled(parsed.GetValue(here) ? Environment.CurrentDirectory : LabFolder.Default, context);
            var server = new LabServer(jupyter, PortOf(parsed.GetValue(port)));
            context.Error.WriteNote($"starting {jupyter.Path} (its log: {server.Log})");
            var page = named is null && File.Exists(Path.Combine(at, LabFolder.Welcome)) ? LabFolder.Welcome : null;
            await server.RunAsync(at, page, browser: !parsed.GetValue(noBrowser), address =>
            {
                context.Out.WriteRaw($"{at} is open at\n  {address}");
                context.Error.WriteNote("Ctrl-C here ends it; a training in a notebook saves its state first");
            }, context.Time, cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Own(string folder)
    {
        var at = Path.GetFullPath(folder);
        return Directory.Exists(at) ? at : throw new WanLabException($"{at}: there is no such folder; make it, or name another.");
    }

    private static string Filled(string folder, CliContext context)
    {
        var source = LabFolder.Source(AppContext.BaseDirectory);
        var inside = Path.GetRelativePath(source, folder);
        if (inside != ".." && !inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(inside))
        {
            context.Error.WriteNote("this is the folder of WanLab itself, so nothing is copied; runs and saved notebooks change it. " +
                "'wanlab lab' opens a folder of your own");
            return folder;
        }
        var isNew = !Directory.Exists(folder);
        var added = LabFolder.Fill(source, folder);
        if (added.Count > 0)
            context.Error.WriteNote(isNew
                ? $"{folder} is new: copied {added.Count} notebooks and example data sets. They are yours to change"
                : $"copied what was missing: {string.Join(", ", added)}");
        return folder;
    }

    private static int PortOf(int? wanted) => wanted switch
    {
        null => LabServer.FreePort(UsualPort),
        < 1 or > 65535 => throw new WanLabException($"--port {wanted}: a port is a number from 1 to 65535."),
        { } port when LabServer.IsFree(port) => port,
        _ => throw new WanLabException($"Port {wanted} is taken on this machine. Leave --port out for the next free one."),
    };
}
