namespace WanLab.Cli.Tests;

public sealed class LauncherSetupTests : IDisposable
{
    private const string AptGet = "note \"$@\"; [ \"$1\" = update ] || touch \"${0%/*}/ffmpeg\" \"${0%/*}/ffprobe\"";
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void What_is_missing_is_installed_by_root_without_sudo()
    {
        _machine.Remove("ffprobe");
        _machine.Script("apt-get", AptGet);
        var run = _machine.Run("doctor");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends ffmpeg"],
            _machine.TakeCalls().Where(call => call.StartsWith("apt-get", StringComparison.Ordinal)));
    }

    [Fact]
    public void Others_are_asked_for_sudo()
    {
        _machine.Remove("cmake");
        _machine.Script("apt-get", AptGet);
        _machine.Script("id", "echo 1000");
        _machine.Script("sudo", "note \"$@\"; exec \"$@\"");
        Assert.Equal(0, _machine.Run("doctor").ExitCode);
        Assert.Contains("sudo apt-get install -y -qq --no-install-recommends cmake", _machine.TakeCalls());
    }

    [Fact]
    public void Without_sudo_the_command_for_root_is_shown()
    {
        _machine.Remove("cmake");
        _machine.Script("apt-get", AptGet);
        _machine.Script("id", "echo 1000");
        var run = _machine.Run("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("as root, run:\napt-get update && apt-get install", run.Error, StringComparison.Ordinal);
        Assert.Empty(_machine.TakeCalls());
    }

    [Fact]
    public void No_install_prints_the_command_and_stops()
    {
        _machine.Remove("ffmpeg");
        _machine.Remove("g++");
        _machine.Script("apt-get", AptGet);
        var run = _machine.Run("--no-install", "doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("apt-get update && apt-get install -y --no-install-recommends g++ ffmpeg\n", run.Out);
        Assert.Empty(_machine.TakeCalls());
    }

    [Fact]
    public void What_only_tests_need_is_installed_for_them_alone()
    {
        _machine.HideSystem();
        foreach (var file in FakeMachine.TestFiles) File.Delete(Path.Combine(_machine.Home, "prefix", file));
        _machine.Script("apt-get", "note \"$@\"");
        Assert.Equal(0, _machine.Run("doctor").ExitCode);
        Assert.DoesNotContain(_machine.TakeCalls(), call => call.StartsWith("apt-get", StringComparison.Ordinal));
        _machine.Run("test");
        const string packages = "python3-jupyter-kernel-test jupyter-nbconvert jupyter-notebook jupyter-nbextension-jupyter-js-widgets "
            + "chromium codespell";
        Assert.Contains($"apt-get install -y -qq --no-install-recommends {packages}", _machine.TakeCalls());
    }

    [Fact]
    public void The_kernels_library_is_installed()
    {
        _machine.HideSystem();
        File.Delete(Path.Combine(_machine.Home, "prefix", "lib/libzmq.so.5"));
        _machine.Script("apt-get", "note \"$@\"");
        _machine.Run("doctor");
        Assert.Contains("apt-get install -y -qq --no-install-recommends libzmq5", _machine.TakeCalls());
    }

    [Fact]
    public void Other_systems_are_told_what_is_missing()
    {
        _machine.Remove("ffmpeg");
        var run = _machine.Run("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: these are missing (Debian's names): ffmpeg\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_sdk_is_not_enough()
    {
        _machine.Script("dotnet", "echo '8.0.100 [/sdk]'");
        var run = _machine.Run("doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: the .NET SDK 10 is missing.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_libtorch_is_built_with_and_remembered_until_system()
    {
        var torch = Path.Combine(_machine.Home, "lib torch");
        FakeMachine.Touch(Path.Combine(torch, "share/cmake/Torch/TorchConfig.cmake"));
        FakeMachine.Touch(Path.Combine(torch, "lib/libtorch.so"));

        _machine.Run("--torch", "lib torch", "doctor");
        Assert.EndsWith($" -p:WanLabTorch={torch}", Assert.Single(_machine.TakeCalls()), StringComparison.Ordinal);
        _machine.Run("doctor");
        Assert.Empty(_machine.TakeCalls());
        _machine.Run("--torch=system", "doctor");
        Assert.EndsWith(" -tl:off", Assert.Single(_machine.TakeCalls()), StringComparison.Ordinal);
        _machine.Run("doctor");
        Assert.Empty(_machine.TakeCalls());
    }

    [Fact]
    public void A_folder_without_libtorch_is_refused()
    {
        FakeMachine.Touch(Path.Combine(_machine.Home, "torch/lib/libtorch.so"));
        var run = _machine.Run("--torch", "torch", "doctor");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith(
            $"error: no libtorch in '{_machine.Home}/torch': share/cmake/Torch/TorchConfig.cmake", run.Error, StringComparison.Ordinal);
    }
}
