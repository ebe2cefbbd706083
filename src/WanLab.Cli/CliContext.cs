using Spectre.Console;

namespace WanLab.Cli;

/// <summary>The consoles, cancellation and clock that a verb gets from its process; tests pass in consoles that they can read.</summary>
/// <param name="Out">Results. Verbs write here and nowhere else.</param>
/// <param name="Error">Progress, warnings and errors.</param>
/// <param name="Cancellation">Set when the user asks to stop. The same token that <c>SetAction</c> hands a verb.</param>
/// <param name="Time">The clock.</param>
internal sealed record CliContext(
    IAnsiConsole Out,
    IAnsiConsole Error,
    CancellationToken Cancellation,
    TimeProvider Time)
{
    /// <summary>Columns of an output that is a file or a pipe: wide enough that no line of a table wraps there.</summary>
    private const int FileWidth = 160;

    /// <summary>Whether somebody is there who can answer a question.</summary>
    public bool CanAsk => Out.Profile.Capabilities.Interactive && !Console.IsInputRedirected;

    /// <summary>The consoles of this process: standard output and standard error.</summary>
    public static (IAnsiConsole Out, IAnsiConsole Error) ForProcess() =>
        (ForWriter(Console.Out, Console.IsOutputRedirected), ForWriter(Console.Error, Console.IsErrorRedirected));

    private static IAnsiConsole ForWriter(TextWriter writer, bool redirected)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (!redirected) return AnsiConsole.Create(settings);

        // Left to itself, Spectre.Console colours files and pipes too.
        settings.Ansi = AnsiSupport.No;
        settings.ColorSystem = ColorSystemSupport.NoColors;
        settings.Interactive = InteractionSupport.No;
        var console = AnsiConsole.Create(settings);
        console.Profile.Width = FileWidth;
        return console;
    }
}
