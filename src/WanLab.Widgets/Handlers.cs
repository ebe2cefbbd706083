namespace WanLab.Widgets;

/// <summary>
/// The handlers that cells added to a widget. They run one after the other, away from the thread that
/// reads messages, and as part of the cell that added them: what they print is shown there.
/// </summary>
internal sealed class Handlers<T>
{
    private readonly Lock _lock = new();
    private readonly List<(ExecutionContext? Flow, Func<T, Task> Handler)> _all = [];
    private Task _last = Task.CompletedTask;

    /// <summary>Completes when all that was raised so far is dealt with.</summary>
    public Task Settled
    {
        get
        {
            lock (_lock) return _last;
        }
    }

    /// <summary>Adds a handler.</summary>
    public void Add(Func<T, Task> handler)
    {
        lock (_lock) _all.Add((ExecutionContext.Capture(), handler));
    }

    /// <summary>Runs all handlers, after those raised earlier.</summary>
    public void Raise(T value)
    {
        lock (_lock)
        {
            (ExecutionContext? Flow, Func<T, Task> Handler)[] all = [.. _all];
            if (all.Length > 0) _last = RunAsync(_last, all, value);
        }
    }

    private static async Task RunAsync(Task before, IEnumerable<(ExecutionContext? Flow, Func<T, Task> Handler)> all, T value)
    {
        // Whatever became of an earlier press, this one is another.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (flow, handler) in all)
        {
            var running = Task.CompletedTask;
            if (flow is null) running = GuardedAsync(handler, value);
            else ExecutionContext.Run(flow, _ => running = GuardedAsync(handler, value), null);
            await running;
        }
    }

    // A fault of a handler is the user's to see, and ends neither the kernel nor the handlers behind it.
    private static async Task GuardedAsync(Func<T, Task> handler, T value)
    {
        try
        {
            await handler(value);
        }
        catch (Exception e)
        {
            if (WidgetHost.Current is { } host) host.Fail(e);
            else Console.Error.WriteLine(e.Message);
        }
    }
}
