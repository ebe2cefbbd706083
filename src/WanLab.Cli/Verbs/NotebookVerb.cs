using System.CommandLine;
using System.Globalization;
using WanLab.Jupyter.Cells;
using WanLab.Jupyter.CSharp;
using WanLab.Jupyter.Install;
using WanLab.Jupyter.Runner;
using WanLab.Jupyter.Serving;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab notebook run</c>: runs a notebook without Jupyter.</summary>
internal static class NotebookVerb
{
    private const int LineWidth = 60;

    public static Command Create(CliContext context)
    {
        var command = new Command("notebook", "Run notebooks without Jupyter.");
        command.Subcommands.Add(Run(context));
        return command;
    }

    private static Command Run(CliContext context)
    {
        var file = new Argument<string>("FILE.ipynb") { Description = "The notebook." };
        var output = new Option<string?>("--out", "--output")
        {
            Description = "Where to write the notebook with its outputs. Default: the same file.",
        };
        var set = JobOptions.Set("Change a variable of the cell tagged 'parameters': --set steps=20.");
        var goOn = new Option<bool>("--go-on") { Description = "Continue after a cell that fails; the exit code still reports it." };
        var command = new Command("run", "Run all cells of a notebook and write what they show into it.") { file, output, set, goOn };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            var target = Path.GetFullPath(parsed.GetValue(output) ?? path);
            var parameters = (parsed.GetValue(set) ?? []).Select(NotebookParameter.Parse).ToList();
            var notebook = Notebook.Read(path);
            notebook.NameKernel(KernelSpec.Metadata(), Answers.LanguageInfo());
            Directory.SetCurrentDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // as Jupyter does
            var failed = await RunAsync(notebook, target, parameters, parsed.GetValue(goOn), context, cancellation);
            cancellation.ThrowIfCancellationRequested();
            context.Out.WriteRaw($"Written: {target}");
            if (failed > 0) context.Error.WriteError(failed == 1 ? "A cell failed." : $"{failed} cells failed.");
            return failed == 0 ? ExitCode.Success : ExitCode.UserError;
        });
        return command;
    }

    private static async Task<int> RunAsync(Notebook notebook, string target, IReadOnlyList<NotebookParameter> parameters, bool goOn,
        CliContext context, CancellationToken cancellation)
    {
        using var packages = PackageFolder.Create(CacheFolder.Path);
        var runner = new NotebookRunner(new Interpreter(packages.Path, context.Time), context.Time) { Save = () => notebook.Write(target) };
        // A cell may end the program: by a thread that throws, by Environment.Exit, or by a crash, which only the file can tell.
        BackgroundFailures.Install();
        void Keep(object? sender, EventArgs e)
        {
            if (runner.KeepAtEnd() is not { } end) return;
            context.Error.WriteError($"{end.Message} Written up to there: {target}");
            Environment.ExitCode = ExitCode.UserError;
        }
        AppDomain.CurrentDomain.ProcessExit += Keep;
        try
        {
            return await runner.RunAsync(notebook, parameters, goOn, progress => Show(progress, context), cancellation);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= Keep;
        }
    }

    private static void Show(NotebookProgress progress, CliContext context)
    {
        var title = progress.Code.Split('\n').Select(line => line.Trim()).First(line => line.Length > 0);
        if (title.Length > LineWidth) title = title[..LineWidth] + "...";
        var place = $"[{progress.Number}/{progress.Total}] {title}";
        if (progress.Elapsed is { } elapsed)
            context.Error.WriteNote(string.Create(CultureInfo.InvariantCulture, $"{place}  {elapsed.TotalSeconds:0.0} s"));
        else if (context.Error.Profile.Capabilities.Interactive) context.Error.WriteNote(place);
        foreach (var line in progress.Error?.Traceback ?? []) context.Error.WriteRaw(line);
    }
}
