using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using WanLab.Cli.Doctor;
using WanLab.Notebooks.Blocks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab doctor</c>: shows what WanLab needs, what is missing on this machine, and what can be done here.</summary>
internal static class DoctorVerb
{
    /// <summary>Makes the verb.</summary>
    /// <param name="context">The consoles.</param>
    /// <param name="probes">Looks for one thing each.</param>
    /// <param name="summary">What can be done here if nothing is missing, in sentences.</param>
    public static Command Create(CliContext context, IReadOnlyList<Probe> probes, Func<IReadOnlyList<string>> summary)
    {
        var json = JsonOutput.Option();
        var command = new Command("doctor", "Show what you can do on this machine, what is missing, and how to get it.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = new List<Finding>();
            foreach (var probe in probes) findings.Add(await probe(cancellation));
            var missing = findings.Count(finding => !finding.Ok);
            if (parsed.GetValue(json)) JsonOutput.Write(context.Out, Json(findings));
            else Show(findings, missing == 0 ? summary() : [], context.Out);
            return missing == 0 ? ExitCode.Success : ExitCode.UserError;
        });
        return command;
    }

    private static void Show(IReadOnlyList<Finding> findings, IReadOnlyList<string> summary, IAnsiConsole console)
    {
        console.Show(new TableBlock(["what", "state", "found"], [.. findings.Select(Row)]));
        console.WriteRaw("");
        foreach (var sentence in summary) console.WriteRaw(sentence);
        if (findings.Count(finding => !finding.Ok) is > 0 and var missing)
            console.MarkupLineInterpolated($"[red]{missing} missing[/]; follow the advice above, then run 'wanlab doctor' again.");
    }

    private static JsonArray Json(IReadOnlyList<Finding> findings) =>
    [
        .. findings.Select(finding => (JsonNode)new JsonObject
        {
            ["what"] = finding.Name,
            ["ok"] = finding.Ok,
            ["found"] = finding.Detail,
            ["remedy"] = finding.Ok ? null : finding.Remedy,
        }),
    ];

    private static IReadOnlyList<string> Row(Finding finding) => finding.Ok
        ? [finding.Name, "ok", finding.Detail]
        : [finding.Name, "missing", $"{finding.Detail}. {finding.Remedy}."];
}
