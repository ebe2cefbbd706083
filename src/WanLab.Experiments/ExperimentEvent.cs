using WanLab.Runs;

namespace WanLab.Experiments;

/// <summary>Something that happened in an experiment.</summary>
/// <param name="Trial">The training concerned.</param>
public abstract record ExperimentEvent(Trial Trial);

/// <summary>Something happened in a training, such as a step.</summary>
public sealed record TrialProgress(Trial Trial, RunEvent Event) : ExperimentEvent(Trial);

/// <summary>A training is done: made now, found finished, or failed.</summary>
public sealed record TrialDone(Trial Trial, ExperimentRow Row) : ExperimentEvent(Trial);
