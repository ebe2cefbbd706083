using System.CommandLine;
using WanLab.Notebooks;

namespace WanLab.Cli.Verbs;

/// <summary><c>wanlab report RUN</c>: writes everything about a run into one HTML file.</summary>
internal static class ReportVerb
{
    public static Command Create(CliContext context)
    {
        var run = new Argument<string>("RUN") { Description = "The run's folder, such as runs/orbit." };
        var output = new Option<string?>("--out", "--output")
        {
            Description = "The file to write. Default: report.html in the run's folder.",
        };
        var command = new Command("report", "Write one HTML file about a run: job, plots, previews, checkpoints, warnings.")
        {
            run,
            output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var file = Lab.Attach(parsed.GetRequiredValue(run), show: false)
                .SaveReport(parsed.GetValue(output), cancellation);
            context.Out.WriteRaw(Path.GetRelativePath(".", file));
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }
}
