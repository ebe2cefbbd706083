namespace WanLab.Cli.Tests.Verbs;

public sealed class CtlVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-ctl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ctl", "save")]
    [InlineData("resume")]
    public async Task A_folder_without_a_run_is_refused(string verb, params string[] rest)
    {
        var run = await CliRun.OfAsync([verb, _folder, .. rest]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is not the folder of a run", run.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_run_that_does_not_go_is_told_so()
    {
        File.WriteAllText(Path.Combine(_folder, "job.yaml"), "");
        var run = await CliRun.OfAsync(["ctl", _folder, "pause"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder}: no process is training this run. Resume it first.", run.Error);
    }

    [Fact]
    public async Task An_unknown_command_is_a_usage_error() =>
        Assert.Equal(2, (await CliRun.OfAsync(["ctl", _folder, "dance"])).ExitCode);
}
