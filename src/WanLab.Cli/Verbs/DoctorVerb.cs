using System.CommandLine;
using Spectre.Console;
using WanLab.Cli.Doctor;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab doctor</c>: shows what WanLab needs, and what is missing on this machine.</summary>
internal static class DoctorVerb
{
    public static Command Create(CliContext context, IReadOnlyList<Probe> probes)
    {
        var command = new Command("doctor", "Show what WanLab needs, where it is on this machine, and how to get what is missing.");
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
        console.Show(new TableBlock(["needs", "state", "found"], [.. findings.Select(Row)]));

        var missing = findings.Count(finding => !finding.Ok);
        if (missing == 0) return ExitCode.Success;
        console.WriteLine();
        console.MarkupLineInterpolated($"[red]{missing} missing[/]; follow the advice above, then run 'wanlab doctor' again.");
        return ExitCode.UserError;
    }

    private static IReadOnlyList<string> Row(Finding finding) => finding.Ok
        ? [finding.Name, "ok", finding.Detail]
        : [finding.Name, "missing", $"{finding.Detail}. {finding.Remedy}."];
}
