using Microsoft.Extensions.Time.Testing;

namespace WanLab.Base.Tests;

public sealed class BeforeExitTests
{
    [Fact]
    public async Task The_end_stops_what_runs_and_waits_for_it()
    {
        var saved = false;
        var work = BeforeExit.Start(stop => Task.Run(async () =>
        {
            await Task.Delay(-1, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            saved = true;
        }));
        await BeforeExit.StopAllAsync(TimeSpan.FromDays(1), TimeProvider.System);
        Assert.True(saved);
        Assert.True(work.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Work_that_failed_or_ended_is_not_waited_for()
    {
        var failed = BeforeExit.Start(_ => Task.FromException(new InvalidOperationException("x")));
        await BeforeExit.StopAllAsync(TimeSpan.FromDays(1), TimeProvider.System);
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
    }

    [Fact]
    public async Task What_never_ends_is_given_up_when_the_time_is_over()
    {
        var time = new FakeTimeProvider();
        var endless = new TaskCompletionSource();
        _ = BeforeExit.Start(_ => endless.Task);
        var stopping = BeforeExit.StopAllAsync(TimeSpan.FromMinutes(1), time);
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(2));
        await stopping;
        endless.SetResult();
    }
}
