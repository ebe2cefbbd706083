namespace WanLab.Runs;

/// <summary>An event of a run and when it happened.</summary>
/// <param name="Time">Time of the event.</param>
/// <param name="Event">The event.</param>
public sealed record TimedEvent(DateTimeOffset Time, RunEvent Event);
