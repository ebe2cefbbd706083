namespace WanLab.Training;

/// <summary>A clock that adds up the time between laps, by part.</summary>
internal sealed class PartClock
{
    private readonly TimeProvider _time;
    private readonly Dictionary<string, double> _seconds = [];
    private long _at;

    /// <summary>Starts the clock.</summary>
    public PartClock(TimeProvider time)
        : this(time, time.GetTimestamp())
    {
    }

    private PartClock(TimeProvider time, long at) => (_time, _at) = (time, at);

    /// <summary>Seconds by part so far.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Adds the time since the previous lap to a part.</summary>
    public void Lap(string part)
    {
        var now = _time.GetTimestamp();
        _seconds[part] = _seconds.GetValueOrDefault(part) + _time.GetElapsedTime(_at, now).TotalSeconds;
        _at = now;
    }

    /// <summary>A clock that continues from this one's last lap, so that no time is lost between the two.</summary>
    public PartClock Next() => new(_time, _at);
}
