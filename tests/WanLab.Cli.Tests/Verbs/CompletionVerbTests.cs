namespace WanLab.Cli.Tests.Verbs;

public sealed class CompletionVerbTests
{
    [Theory]
    [InlineData("wanlab tr", "train")]
    [InlineData("./wanlab check job.yaml --j", "--job")]
    [InlineData("wanlab recipe ", "character")]
    [InlineData("wanlab cache ", "verify")]
    public async Task The_program_knows_what_can_follow(string line, string completion)
    {
        var run = await CliRun.OfAsync(["complete", line]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(completion, run.Out.Split('\n'));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public async Task A_shell_gets_its_script(string shell)
    {
        var run = await CliRun.OfAsync(["completion", shell]);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"# Use it: source <(wanlab completion {shell})\n", run.Out, StringComparison.Ordinal);
        Assert.Contains(" complete \"${", run.Out);
    }

    [Theory]
    [InlineData("help", "ctl")]
    [InlineData("ctl", "--help")]
    public async Task Help_can_be_a_verb(params string[] args)
    {
        var run = await CliRun.OfAsync(args);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Save, sample, pause, resume or stop", run.Out);
    }

    [Fact]
    public async Task A_mistyped_verb_is_an_error_although_it_asks_for_help()
    {
        var run = await CliRun.OfAsync(["trian", "--help"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("error: There is no verb 'trian'. Did you mean 'train'?", run.Error, StringComparison.Ordinal);
    }
}
