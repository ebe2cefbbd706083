using WanLab.Models;
using WanLab.Runs;

namespace WanLab.Cli.Tests.Verbs;

public sealed class PinVerbTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_checkpoint_is_pinned_and_let_go_again()
    {
        var run = RunFolder.Open(_folder.Path, "orbit");
        File.WriteAllText(run.JobFile, "");
        foreach (var step in (int[])[20, 40]) File.WriteAllText(run.Checkpoint(Expert.High, step), "");

        var pin = await CliRun.OfAsync(["pin", run.Path, "20"]);
        Assert.Equal((0, "pinned: 20"), (pin.ExitCode, pin.Out.Split('\n')[0]));
        Assert.Contains("The saved state of step 20 is no longer kept", pin.Out);
        Assert.Equal([20], run.PinnedSteps());

        var missing = await CliRun.OfAsync(["pin", run.Path, "30"]);
        Assert.Equal(ExitCode.UserError, missing.ExitCode);
        Assert.Contains("has no checkpoint of step 30. There are those of 20, 40.", missing.Error.ReplaceLineEndings(" "));

        var off = await CliRun.OfAsync(["pin", run.Path, "20", "--off"]);
        Assert.Equal((0, "no checkpoint is pinned\n"), (off.ExitCode, off.Out));
        Assert.Empty(run.PinnedSteps());
    }
}
