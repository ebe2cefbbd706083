namespace WanLab.Curation.Tests.Captioner;

/// <summary>A clock whose waits are over at once and written down; timers for longer than a limit run out when a test says so.</summary>
internal sealed class QuickClock : TimeProvider
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Lock _one = new();
    private readonly List<TimeSpan> _waits = [];
    private readonly List<Pending> _pending = [];
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_one) return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_one) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock.</summary>
    public void Advance(TimeSpan time)
    {
        lock (_one) _now += time;
    }

    /// <summary>Lets all timers run out that are waiting.</summary>
    public void RunOut()
    {
        List<Pending> due;
        lock (_one)
        {
            due = [.. _pending];
            _pending.Clear();
        }
        foreach (var timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Pending(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Pending(QuickClock clock, TimerCallback callback, object? state) : ITimer
    {
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._one)
            {
                if (dueTime < TimeSpan.Zero) return clock._pending.Remove(this);
                if (dueTime > Limit)
                {
                    clock._pending.Add(this);
                    return true;
                }
                clock._waits.Add(dueTime);
                clock._now += dueTime;
            }
            ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Dispose()
        {
            lock (clock._one) clock._pending.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
