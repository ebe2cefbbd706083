using System.Diagnostics;
using System.Globalization;

namespace WanLab.Testing;

/// <summary>
/// A long run of a fuzz test, which <c>./wanlab fuzz NAME --minutes N</c> asks for through the environment. It makes changed copies until
/// its time is over, watches each copy's time and the memory of the process, and writes what it is at to a file, so that the number of
/// the copy is known even if the process dies.
/// </summary>
public sealed class FuzzRun
{
    /// <summary>Environment variable with the minutes.</summary>
    public const string MinutesVariable = "WANLAB_FUZZ_MINUTES";

    /// <summary>Environment variable with the number of the first copy.</summary>
    public const string FromVariable = "WANLAB_FUZZ_FROM";

    /// <summary>Environment variable with the file that progress is appended to; next to it, NAME.at holds the copy in work.</summary>
    public const string ProgressVariable = "WANLAB_FUZZ_PROGRESS";

    private const long MostBytes = 1L << 30;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _time;
    private readonly long _first;
    private readonly string _progress;

    private FuzzRun(TimeSpan time, long first, string progress) => (_time, _first, _progress) = (time, first, progress);

    /// <summary>The run that the environment asks for; null in the suite.</summary>
    public static FuzzRun? Current { get; } = FromEnvironment();

    /// <summary>Numbers of copies, until the time is over.</summary>
    /// <param name="name">The name of the test and its seed.</param>
    /// <param name="share">The share of the run's time.</param>
    public IEnumerable<long> Numbers(string name, double share)
    {
        var (time, clock, reported, number) = (_time * share, Stopwatch.StartNew(), TimeSpan.Zero, _first);
        var begun = Stopwatch.GetTimestamp();
        using var at = new StreamWriter(new FileStream(_progress + ".at", FileMode.Create, FileAccess.Write, FileShare.ReadWrite));
        // A copy that never ends would never come back here, so a thread of its own looks at the clock.
        using var watch = new Timer(_ =>
        {
            if (Stopwatch.GetElapsedTime(Interlocked.Read(ref begun)) > MostTime)
                Environment.FailFast($"{name}: copy {Interlocked.Read(ref number)} takes more than {MostTime.TotalSeconds} s.");
        }, null, MostTime / 4, MostTime / 4);
        while (clock.Elapsed < time)
        {
            at.BaseStream.Position = 0;
            at.Write($"{name}: copy {number}\n");
            at.Flush();
            Interlocked.Exchange(ref begun, Stopwatch.GetTimestamp());
            yield return number;
            Interlocked.Increment(ref number);
            if (clock.Elapsed - reported < BetweenReports) continue;
            reported = clock.Elapsed;
            Report($"{name}: {number - _first:N0} copies, {(time - reported).TotalMinutes:0.0} min left, {Peak() >> 20} MiB at most");
            if (Peak() > MostBytes) throw new InvalidOperationException($"{name}: by copy {number}, the process took {Peak() >> 20} MiB.");
        }
        Report($"{name}: done, {number - _first:N0} copies in {clock.Elapsed.TotalMinutes:0.0} min, {Peak() >> 20} MiB at most");
    }

    private static FuzzRun? FromEnvironment() =>
        Environment.GetEnvironmentVariable(MinutesVariable) is not { Length: > 0 } minutes ? null : new FuzzRun(
            TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)),
            long.Parse(Environment.GetEnvironmentVariable(FromVariable) is { Length: > 0 } from ? from : "0", CultureInfo.InvariantCulture),
            Environment.GetEnvironmentVariable(ProgressVariable)
                ?? throw new InvalidOperationException($"{MinutesVariable} is set, and {ProgressVariable} is not."));

    private static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    private void Report(FormattableString line) =>
        File.AppendAllText(_progress, line.ToString(CultureInfo.InvariantCulture) + "\n");
}
