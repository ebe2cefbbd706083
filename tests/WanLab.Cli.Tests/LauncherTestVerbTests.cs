namespace WanLab.Cli.Tests;

public sealed class LauncherTestVerbTests : IDisposable
{
    private readonly FakeMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_last_line_sums_the_projects()
    {
        var run = Run(code: 0, (Total: 7, Executed: 7, Passed: 7), (3, 1, 1));
        Assert.Equal(new CliRun(0, "8 passed, 0 failed, 2 skipped\n", run.Error), run);
    }

    [Fact]
    public void A_failed_test_fails_the_command() =>
        Assert.Equal((1, "9 passed, 1 failed\n"), Outcome(Run(code: 1, (7, 7, 7), (3, 3, 2))));

    [Fact]
    public void No_test_at_all_fails() =>
        Assert.Equal((1, "0 passed, 0 failed\n"), Outcome(Run(code: 0, (0, 0, 0))));

    [Fact]
    public void A_project_that_broke_off_counts_as_a_failure()
    {
        var run = Run(code: 1, (7, 7, 7));
        Assert.Equal((1, "7 passed, 1 failed\n"), Outcome(run));
        Assert.EndsWith("counted as one failure.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_passed_on()
    {
        Run(code: 0, (1, 1, 1));
        var call = _machine.TakeCalls()[^1];
        Assert.StartsWith("dotnet test WanLab.sln -c Release --no-build", call, StringComparison.Ordinal);
        Assert.EndsWith(" --filter FullyQualifiedName~Step", call, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_is_collected_and_printed_above_the_sum()
    {
        _machine.Script("python3", "note \"$@\"; echo 'WanLab.Torch 90.1 %'");
        var run = Run(["test", "--coverage", "--filter", "FullyQualifiedName~Step"], code: 0, (1, 1, 1));

        Assert.Equal((0, "WanLab.Torch 90.1 %\n1 passed, 0 failed\n"), Outcome(run));
        var calls = _machine.TakeCalls();
        var tools = $"{_machine.Checkout}/tools/coverage";
        Assert.Contains($"--collect XPlat Code Coverage --settings {tools}/coverage.runsettings --filter", calls[^2]);
        Assert.Equal($"python3 {tools}/summary.py {_machine.Checkout}/artifacts/test-results", calls[^1]);
    }

    private CliRun Run(int code, params (int Total, int Executed, int Passed)[] projects) =>
        Run(["test", "--filter", "FullyQualifiedName~Step"], code, projects);

    private CliRun Run(string[] arguments, int code, params (int Total, int Executed, int Passed)[] projects)
    {
        File.WriteAllText(Path.Combine(_machine.Home, "code"), $"{code}");
        for (var i = 0; i < projects.Length; i++)
        {
            var (total, executed, passed) = projects[i];
            File.WriteAllText(
                Path.Combine(_machine.Home, $"{i}.trx"),
                $"""<Counters total="{total}" executed="{executed}" passed="{passed}" failed="{executed - passed}" error="0" />""");
        }

        return _machine.Run(arguments);
    }

    private static (int, string) Outcome(CliRun run) => (run.ExitCode, run.Out);
}
