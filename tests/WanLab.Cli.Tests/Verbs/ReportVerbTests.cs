using WanLab.Cli.Verbs;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public sealed class ReportVerbTests : IClassFixture<MiniRun>
{
    private readonly MiniRun _mini;

    public ReportVerbTests(MiniRun mini) => _mini = mini;

    [Fact]
    public async Task It_writes_a_report_into_the_run_or_elsewhere()
    {
        var job = _mini.Job("reported");
        _mini.Train(job);
        var folder = _mini.At("runs/reported");
        var run = await CliRun.OfAsync(["report", folder], ReportVerb.Create);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("report.html", run.Out);
        Assert.Contains("8 of 8", File.ReadAllText(Path.Combine(folder, "report.html")));

        var other = _mini.At("other.html");
        Assert.Equal(0, (await CliRun.OfAsync(["report", folder, "--output", other], ReportVerb.Create)).ExitCode);
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task What_is_no_run_is_refused()
    {
        var run = await CliRun.OfAsync(["report", _mini.At("clips")], ReportVerb.Create);
        Assert.Equal(ExitCode.UserError, run.ExitCode);
        Assert.Contains("not the folder of a run", run.Error);
    }
}
