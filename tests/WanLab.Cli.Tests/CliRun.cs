using System.CommandLine;
using Spectre.Console;

namespace WanLab.Cli.Tests;

/// <summary>One run of the command line inside this process, and what it showed.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    /// <summary>Runs all verbs, or only the given ones.</summary>
    public static async Task<CliRun> OfAsync(
        string[] args, Func<CliContext, Command>? verb = null, CancellationToken cancellation = default)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var context = new CliContext(PlainConsole(output), PlainConsole(error), cancellation, TimeProvider.System);
        var code = verb is null
            ? await WanLabCli.RunAsync(args, context)
            : await WanLabCli.RunAsync(args, context, [new VerbGroup("Under test", [verb(context)])]);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Everything that was shown, for a golden file.</summary>
    public override string ToString() => $"{Out}--- standard error\n{Error}--- exit code {ExitCode}";

    private static IAnsiConsole PlainConsole(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 100;
        return console;
    }
}
