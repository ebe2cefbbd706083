using System.CommandLine;
using WanLab.Testing;
using WanLab.Torch;

namespace WanLab.Cli.Tests;

public class ErrorTests
{
    [Fact]
    public async Task A_user_error_is_its_message_and_nothing_else()
    {
        var run = await CliRun.OfAsync(["fail"], Throwing(new WanLabException(
            "job.yaml:7: 'rnak' is no key of target (did you mean 'rank'?). A long line is not wrapped, so that paths stay whole: " +
                "[runs/first].")));
        Golden.Matches("user-error.txt", run.ToString());
    }

    [Fact]
    public async Task Anything_else_is_a_bug_with_its_trace()
    {
        var run = await CliRun.OfAsync(["fail"], Throwing(new InvalidOperationException("the impossible [happened]")));
        Assert.Equal(70, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.StartsWith("error: the impossible [happened]", run.Error, StringComparison.Ordinal);
        Assert.Contains("This is a bug in WanLab.", run.Error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: the impossible [happened]", run.Error, StringComparison.Ordinal);
        Assert.Contains($"at {typeof(ErrorTests).FullName}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_that_runs_out_is_no_bug()
    {
        var run = await CliRun.OfAsync(["fail"],
            Throwing(new WanLab.Torch.TorchOutOfMemoryException("CUDA out of memory. Tried to allocate 2.00 GiB\nat some.cpp")));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: Out of memory: CUDA out of memory. Tried to allocate 2.00 GiB\n", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_that_the_verb_leaves_to_us_is_130()
    {
        using var stop = new CancellationTokenSource();
        var run = await CliRun.OfAsync(["wait"], _ => Verb("wait", async cancellation =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            return 0;
        }), stop.Token);
        Golden.Matches("stopped.txt", run.ToString());
    }

    [Fact]
    public async Task A_verb_that_handles_the_stop_keeps_its_exit_code()
    {
        using var stop = new CancellationTokenSource();
        var run = await CliRun.OfAsync(["save"], _ => Verb("save", async cancellation =>
        {
            await stop.CancelAsync();
            return cancellation.IsCancellationRequested ? 3 : 4;
        }), stop.Token);
        Assert.Equal(new CliRun(3, "", ""), run);
    }

    [Fact]
    public async Task A_cancellation_nobody_asked_for_is_a_bug() =>
        Assert.Equal(70, (await CliRun.OfAsync(["fail"], Throwing(new OperationCanceledException()))).ExitCode);

    private static Func<CliContext, Command> Throwing(Exception error) => _ => Verb("fail", _ => throw error);

    private static Command Verb(string name, Func<CancellationToken, Task<int>> run)
    {
        var command = new Command(name);
        command.SetAction((_, cancellation) => run(cancellation));
        return command;
    }
}
