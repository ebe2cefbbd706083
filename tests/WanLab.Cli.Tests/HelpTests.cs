using WanLab.Testing;

namespace WanLab.Cli.Tests;

public class HelpTests
{
    [Fact]
    public async Task The_root_page_is_for_newcomers()
    {
        var run = await CliRun.OfAsync(["--help"]);
        Golden.Matches("root-help.txt", run.ToString());
    }

    [Fact]
    public async Task No_verb_shows_the_same_page() =>
        Assert.Equal(await CliRun.OfAsync(["--help"]), await CliRun.OfAsync([]));

    [Fact]
    public async Task A_verb_has_its_own_page() =>
        Golden.Matches("doctor-help.txt", (await CliRun.OfAsync(["doctor", "--help"])).ToString());

    [Fact]
    public async Task The_version_names_the_program_and_its_release()
    {
        var run = await CliRun.OfAsync(["--version"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^wanlab \d+\.\d+\.\d+(\+[0-9a-f]+)?\r?\n$", run.Out);
    }

    [Fact]
    public async Task An_unknown_verb_is_a_usage_error() =>
        Golden.Matches("unknown-verb.txt", (await CliRun.OfAsync(["trian", "job.yaml"])).ToString());

    [Fact]
    public async Task An_unknown_option_of_a_verb_points_at_that_verb() =>
        Golden.Matches("unknown-option.txt", (await CliRun.OfAsync(["doctor", "--loud"])).ToString());
}
