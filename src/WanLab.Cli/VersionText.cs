using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace WanLab.Cli;

/// <summary>Prints the version for <c>--version</c>: the release and, in a checkout, the commit.</summary>
internal sealed class VersionText(IAnsiConsole console) : SynchronousCommandLineAction
{
    /// <summary>The version, for example <c>wanlab 0.1.0+5be27c4</c>.</summary>
    public static string Current { get; } = $"wanlab {ProductVersion.Full}";

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        console.WriteRaw(Current);
        return ExitCode.Success;
    }
}
