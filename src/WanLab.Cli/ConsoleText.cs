using Spectre.Console;

namespace WanLab.Cli;

/// <summary>Plain lines on a console, in the few styles the command line uses.</summary>
internal static class ConsoleText
{
    /// <summary>Writes a red "error:" and the message, which may have several lines.</summary>
    public static void WriteError(this IAnsiConsole console, string message)
    {
        console.Markup("[red]error:[/] ");
        console.WriteRaw(message);
    }

    /// <summary>Writes a quiet remark about what the program does.</summary>
    public static void WriteNote(this IAnsiConsole console, string message) =>
        console.MarkupLineInterpolated($"[grey]{message}[/]");

    /// <summary>Writes a line as it is: no markup, and no wrapping, so that paths can be copied and searched.</summary>
    public static void WriteRaw(this IAnsiConsole console, string line) =>
        console.Profile.Out.Writer.WriteLine(line);
}
