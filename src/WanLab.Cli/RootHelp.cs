using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace WanLab.Cli;

/// <summary>Help: the root's page is for newcomers and written here, a verb's page is the usual one.</summary>
internal sealed class RootHelp(IAnsiConsole console, IReadOnlyList<VerbGroup> groups) : SynchronousCommandLineAction
{
    private readonly HelpAction _verbHelp = new();

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        if (command.Parents.Any()) return _verbHelp.Invoke(parseResult);
        WriteRoot(command);
        return ExitCode.Success;
    }

    private void WriteRoot(Command root)
    {
        console.WriteRaw(root.Description!);
        console.WriteRaw("");
        Section("Usage", [("wanlab VERB ...", ""), ("wanlab VERB --help", "what a verb does and takes")]);
        Section("Start here",
        [
            ("wanlab train datasets-example/orbit/job.yaml", "a first training run, on a tiny model, without a GPU"),
            ("wanlab test", "build everything and run all tests"),
        ]);
        foreach (var group in groups)
            Section(group.Title, [.. group.Verbs.Where(verb => !verb.Hidden).Select(verb => (verb.Name, verb.Description ?? ""))]);
        Section("Before the verb",
        [
            ("--torch DIR", "build with the libtorch in DIR and remember it; '--torch system' forgets it"),
            ("--no-install", "say which system packages are missing instead of installing them"),
        ]);
        Section("Instead of a verb", [("--help", "this page"), ("--version", "the version and commit")]);
    }

    private void Section(string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        console.MarkupLineInterpolated($"[bold]{title}[/]");
        var width = rows.Max(row => row.Left.Length);
        foreach (var (left, right) in rows) console.WriteRaw($"  {left.PadRight(width)}  {right}".TrimEnd());
        console.WriteRaw("");
    }
}
