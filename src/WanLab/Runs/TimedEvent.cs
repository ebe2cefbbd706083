namespace WanLab.Runs;

/// <summary>An event of a run and when it happened.</summary>
/// <param name="Time">The time at which it happened.</param>
/// <param name="Event">The event itself.</param>
public sealed record TimedEvent(DateTimeOffset Time, RunEvent Event);
