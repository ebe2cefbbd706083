using System.Runtime.CompilerServices;

namespace WanLab.Runs.Control;

/// <summary>All past and future events of a run, for any number of readers, each at its own pace.</summary>
internal sealed class RunEvents
{
    private readonly List<RunEvent> _events = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _more = NewSignal();
    private bool _ended;

    public void Add(RunEvent happened) => Change(() => _events.Add(happened));

    /// <summary>Marks the end: no more events will come, and readers finish once they have read all.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Reads from the first event on, waits for new ones, and finishes when the run ends.</summary>
    public async IAsyncEnumerable<RunEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var next = 0;
        while (true)
        {
            RunEvent[] batch;
            Task more;
            bool ended;
            lock (_lock) (batch, more, ended) = ([.. _events.Skip(next)], _more.Task, _ended);
            foreach (var happened in batch) yield return happened;
            next += batch.Length;
            if (batch.Length > 0) continue;
            if (ended) yield break;
            await more.WaitAsync(cancellation);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_lock)
        {
            change();
            (before, _more) = (_more, NewSignal());
        }
        before.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
