namespace WanLab;

/// <summary>Work of this process that must end in order before the process does: a training saves its state.</summary>
internal static class BeforeExit
{
    private static readonly Lock Lock = new();
    private static readonly HashSet<Work> Open = [];

    /// <summary>Starts work that the end of the process stops and waits for.</summary>
    /// <param name="start">Starts it; its token is cancelled when the process is about to end.</param>
    /// <returns>What <paramref name="start"/> returned.</returns>
    public static TTask Start<TTask>(Func<CancellationToken, TTask> start)
        where TTask : Task
    {
        var stop = new CancellationTokenSource(); // not disposed: the work may hold its token for as long as it likes
        var task = start(stop.Token);
        var work = new Work(stop, task);
        lock (Lock) Open.Add(work);
        task.ContinueWith(_ =>
        {
            lock (Lock) Open.Remove(work);
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    /// <summary>Stops all that runs, and completes when it has ended or the time is over. Errors stay with their tasks.</summary>
    public static async Task StopAllAsync(TimeSpan patience, TimeProvider time)
    {
        Work[] open;
        lock (Lock) open = [.. Open];
        foreach (var work in open) _ = work.Stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(open.Select(work => work.Task)), Task.Delay(patience, time, CancellationToken.None));
    }

    private sealed record Work(CancellationTokenSource Stop, Task Task);
}
