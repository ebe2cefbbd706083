namespace WanLab.Cli.Training;

/// <summary>How long a step takes lately, and what is left at the pace of the run so far, previews and checkpoints included.</summary>
internal sealed class PaceMeter(TimeProvider time)
{
    private const double Smoothing = 0.95;
    private long _start;
    private int _steps;

    /// <summary>Seconds of a step, smoothed.</summary>
    public double SecondsPerStep { get; private set; }

    /// <summary>A step took this long.</summary>
    public void Add(double seconds)
    {
        if (_steps == 0) _start = time.GetTimestamp() - (long)(seconds * time.TimestampFrequency);
        SecondsPerStep = _steps == 0 ? seconds : Smoothing * SecondsPerStep + (1 - Smoothing) * seconds;
        _steps++;
    }

    /// <summary>Time that so many more steps will take, as text.</summary>
    public string Left(int steps)
    {
        var left = time.GetElapsedTime(_start) / _steps * steps;
        return left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes:00} min" : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds:00} s" : $"{left.Seconds} s";
    }
}
