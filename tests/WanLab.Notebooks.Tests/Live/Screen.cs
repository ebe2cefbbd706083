using WanLab.Notebooks.Live;

namespace WanLab.Notebooks.Tests.Live;

/// <summary>A notebook's output that remembers what was shown where.</summary>
internal sealed class Screen : INotebookOutput
{
    private readonly List<List<object>> _places = [];

    /// <summary>What each place showed, one after the other.</summary>
    public IReadOnlyList<IReadOnlyList<object>> Places => _places;

    public bool Renews { get; init; } = true;

    public IShownValue Show(object value)
    {
        var place = new Place([]);
        _places.Add(place.Values);
        place.Update(value);
        return place;
    }

    private sealed record Place(List<object> Values) : IShownValue
    {
        public void Update(object value) => Values.Add(value);
    }
}

/// <summary>A clock whose timers end at once, after something was done: what happens while somebody waits.</summary>
internal sealed class SteppedTime(Action<TimeSpan> meanwhile) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return System.CreateTimer(callback, state, dueTime, period);
        meanwhile(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
