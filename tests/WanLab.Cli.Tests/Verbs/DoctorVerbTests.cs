using WanLab.Cli.Doctor;
using WanLab.Cli.Verbs;
using WanLab.Testing;

namespace WanLab.Cli.Tests.Verbs;

public class DoctorVerbTests
{
    private static readonly Probe Dotnet = Fake(new Finding(".NET", true, "10.0.1  /usr/share/dotnet/"));

    [Fact]
    public async Task A_complete_machine_is_all_ok() =>
        Golden.Matches("doctor-ok.txt", (await Run(Dotnet, Fake(new Finding("memory", true, "64.0 GiB")))).ToString());

    [Fact]
    public async Task What_is_missing_comes_with_how_to_mend_it() =>
        Golden.Matches("doctor-missing.txt", (await Run(Dotnet, Fake(
            new Finding("ffmpeg", false, "not on PATH", "Install ffmpeg (Debian: apt-get install ffmpeg)")))).ToString());

    [Fact]
    public async Task The_real_probes_know_this_machine()
    {
        var run = await CliRun.OfAsync(["doctor"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches($@"\.NET +ok +{Environment.Version}", run.Out);
        Assert.Matches(@"ffmpeg +ok +\S+  /.*ffmpeg", run.Out);
        Assert.Matches(@"memory +ok +\d+\.\d GiB", run.Out);
    }

    private static Task<CliRun> Run(params Probe[] probes) =>
        CliRun.OfAsync(["doctor"], context => DoctorVerb.Create(context, probes, () => ["Here you can do everything."]));

    private static Probe Fake(Finding finding) => _ => Task.FromResult(finding);
}
