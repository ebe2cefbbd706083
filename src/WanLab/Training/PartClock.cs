namespace WanLab.Training;

/// <summary>Adds up the time between laps, by part.</summary>
public sealed class PartClock(TimeProvider time)
{
    private readonly Dictionary<string, double> _seconds = [];
    private long _at = time.GetTimestamp();

    /// <summary>Seconds by part so far.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>Books the time since the lap before under a part.</summary>
    public void Lap(string part)
    {
        var now = time.GetTimestamp();
        _seconds[part] = _seconds.GetValueOrDefault(part) + time.GetElapsedTime(_at, now).TotalSeconds;
        _at = now;
    }
}
