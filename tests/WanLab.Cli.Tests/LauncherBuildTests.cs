using System.Diagnostics;

namespace WanLab.Cli.Tests;

public sealed class LauncherBuildTests : IDisposable
{
    private const string Build = "dotnet build WanLab.sln -c Release -v quiet -nologo -tl:off";
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_first_start_builds_and_the_second_does_not()
    {
        var first = _machine.Run("doctor");
        Assert.Equal([Build], _machine.TakeCalls());
        Assert.Matches(@"^Building WanLab \(first time: \d to \d minutes\)\.\.\. done in \d+ s\n$", first.Error);

        Assert.Equal(new CliRun(0, first.Out, ""), _machine.Run("doctor"));
        Assert.Empty(_machine.TakeCalls());
    }

    [Fact]
    public void Through_a_link_from_another_folder_the_arguments_and_the_folder_stay_as_they_are()
    {
        var link = Path.Combine(_machine.Home, "a link");
        File.CreateSymbolicLink(link, _machine.Launcher);
        var folder = Path.Combine(_machine.Home, "else where");
        Directory.CreateDirectory(folder);

        var run = FakeMachine.Finish(_machine.Start(link, folder, "train", "my job.yaml", "", "--a=b c"));

        Assert.Equal($"cli in {folder}:\n<train>\n<my job.yaml>\n<>\n<--a=b c>\n", run.Out);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("src/Step.cs")]
    [InlineData("Directory.Build.props")]
    [InlineData("global.json")]
    public void A_source_newer_than_the_build_is_built(string source)
    {
        _machine.Run("doctor");
        _machine.TakeCalls();
        MakeNewer(source);
        _machine.Run("doctor");
        Assert.Equal([Build], _machine.TakeCalls());
    }

    [Fact]
    public void A_removed_source_is_noticed()
    {
        _machine.Run("doctor");
        _machine.TakeCalls();
        File.Delete(Path.Combine(_machine.Checkout, "src/Step.cs"));
        _machine.Run("doctor");
        Assert.Equal([Build], _machine.TakeCalls());
    }

    [Fact]
    public void A_changed_test_matters_only_to_the_tests()
    {
        _machine.Run("doctor");
        _machine.TakeCalls();
        MakeNewer("tests/StepTests.cs");
        _machine.Run("doctor");
        Assert.Empty(_machine.TakeCalls());
        _machine.Run("test");
        Assert.Contains(Build, _machine.TakeCalls());
    }

    [Fact]
    public void A_failed_build_shows_its_errors_and_is_tried_again()
    {
        var broken = Path.Combine(_machine.Home, "broken");
        FakeMachine.Touch(broken);
        var run = _machine.Run("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.EndsWith("failed:\nStep.cs(1,1): error CS1002\n", run.Error, StringComparison.Ordinal);

        File.Delete(broken);
        _machine.TakeCalls();
        Assert.Equal(0, _machine.Run("doctor").ExitCode);
        Assert.Equal([Build], _machine.TakeCalls());
    }

    [Fact]
    public void Two_launchers_at_once_build_once()
    {
        var gate = Path.Combine(_machine.Home, "gate");
        using (var mkfifo = Process.Start("mkfifo", [gate])) mkfifo.WaitForExit();

        var first = _machine.Start(_machine.Launcher, _machine.Home, "doctor");
        using (var opened = new StreamWriter(gate)) // opens once the first launcher's build reads from the gate
        {
            var second = _machine.Start(_machine.Launcher, _machine.Home, "doctor");
            Assert.Equal("Waiting for another wanlab that is building...", second.StandardError.ReadLine());
            opened.Close();
            Assert.Equal(0, FakeMachine.Finish(first).ExitCode);
            Assert.Equal(0, FakeMachine.Finish(second).ExitCode);
        }

        Assert.Equal([Build], _machine.TakeCalls());
    }

    private void MakeNewer(string source)
    {
        var built = File.GetLastWriteTimeUtc(Path.Combine(_machine.Checkout, "artifacts/launcher.stamp"));
        File.SetLastWriteTimeUtc(Path.Combine(_machine.Checkout, source), built.AddSeconds(1));
    }
}
