using System.Diagnostics;
using System.Globalization;

namespace WanLab.Cli.Tests;

public class StopSignalsTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task The_first_signal_cancels_and_the_process_lives_on(string signal)
    {
        var notes = 0;
        using var stop = new StopSignals(() => Interlocked.Increment(ref notes));
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = stop.Token.Register(cancelled.SetResult);
        Assert.False(stop.Token.IsCancellationRequested);

        var pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", ["-" + signal, pid]);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(1, notes);
    }
}
