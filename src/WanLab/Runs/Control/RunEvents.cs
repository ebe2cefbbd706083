using System.Runtime.CompilerServices;

namespace WanLab.Runs.Control;

/// <summary>Everything that happened in a run so far and from now on, for any number of readers, each at its own pace.</summary>
internal sealed class RunEvents
{
    private readonly List<RunEvent> _events = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _more = NewSignal();
    private bool _ended;

    /// <summary>Adds an event.</summary>
    public void Add(RunEvent happened) => Change(() => _events.Add(happened));

    /// <summary>Says that no more will come; readers end when they have read all.</summary>
    public void End() => Change(() => _ended = true);

    /// <summary>Reads from the first event on, waits for those to come, and ends with the run.</summary>
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
