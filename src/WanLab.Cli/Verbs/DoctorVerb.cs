using System.CommandLine;
using Spectre.Console;
using WanLab.Cli.Doctor;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab doctor</c>: what WanLab needs, and what of it this machine has.</summary>
internal static class DoctorVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(CliContext context, IReadOnlyList<Probe> probes)
    {
        var command = new Command("doctor", "Show what WanLab needs, where it is on this machine, and how to mend what is missing.");
        command.SetAction(async (_, cancellation) =>
        {
            var findings = new List<Finding>();
            foreach (var probe in probes) findings.Add(await probe(cancellation));
            return Show(findings, context.Out);
        });
        return command;
    }

    private static int Show(IReadOnlyList<Finding> findings, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("[bold]needs[/]", "[bold]state[/]", "[bold]found[/]");
        foreach (var column in table.Columns) column.PadRight(2);
        foreach (var finding in findings)
            table.AddRow(
                Markup.Escape(finding.Name),
                finding.Ok ? "[green]ok[/]" : "[red]missing[/]",
                Markup.Escape(finding.Ok ? finding.Detail : $"{finding.Detail}. {finding.Mend}."));
        console.Write(table);

        var missing = findings.Count(finding => !finding.Ok);
        if (missing == 0) return ExitCode.Success;
        console.WriteLine();
        console.MarkupLineInterpolated($"[red]{missing} missing[/]; mend as said above, then run 'wanlab doctor' again.");
        return ExitCode.UserError;
    }
}
