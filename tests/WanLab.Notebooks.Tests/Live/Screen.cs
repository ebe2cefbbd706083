using WanLab.Notebooks.Live;

namespace WanLab.Notebooks.Tests.Live;

/// <summary>A notebook's output that remembers what was shown where.</summary>
internal sealed class Screen : INotebookOutput
{
    private readonly List<List<object>> _places = [];

    /// <summary>What each place showed, one after the other.</summary>
    public IReadOnlyList<IReadOnlyList<object>> Places => _places;

    public bool Renews { get; init; } = true;

    public bool HasWidgets { get; init; }

    /// <summary>The number of the value that a place does not take, counted from 1; 0 for none.</summary>
    public int Refuses { get; init; }

    public IShownValue Show(object value)
    {
        var place = new Place([], Refuses);
        _places.Add(place.Values);
        place.Update(value);
        return place;
    }

    private sealed class Place(List<object> values, int refuses) : IShownValue
    {
        private int _updates;

        public List<object> Values => values;

        public void Update(object value)
        {
            if (++_updates == refuses) throw new IOException("The frontend went away.");
            values.Add(value);
        }
    }
}

/// <summary>A clock whose timers end at once, after something was done: what happens while somebody waits.</summary>
internal sealed class SteppedTime(Action<TimeSpan> meanwhile) : TimeProvider
{
    private const int Most = 1000; // more waits than any test needs: what should have ended did not
    private int _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return System.CreateTimer(callback, state, dueTime, period);
        if (++_waits > Most) throw new InvalidOperationException($"{Most} waits, and no end");
        meanwhile(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
