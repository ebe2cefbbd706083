using WanLab.Datasets;

namespace WanLab.Runs;

/// <summary>Something that happened in a run. Readers match on the kind; later versions may add kinds.</summary>
public abstract record RunEvent;

/// <summary>Progress of one stage of the preparation.</summary>
/// <param name="Stage">The name of the stage, for people: "Encoding captions".</param>
/// <param name="Done">Parts done.</param>
/// <param name="Total">Number of parts.</param>
public sealed record PreparationProgress(string Stage, int Done, int Total) : RunEvent;

/// <summary>The data is ready.</summary>
/// <param name="Clips">Items that are trained on.</param>
/// <param name="LeftOut">Files left out, and why.</param>
/// <param name="Encoded">Latents and texts that had to be encoded.</param>
/// <param name="FromCache">Latents and texts found in the cache.</param>
public sealed record DataReady(int Clips, IReadOnlyList<ClipProblem> LeftOut, int Encoded, int FromCache) : RunEvent;

/// <summary>Clips that are never trained on were set aside for validation.</summary>
public sealed record ClipsHeldOut(IReadOnlyList<string> Clips) : RunEvent;

/// <summary>A run continues from a saved state.</summary>
/// <param name="Step">The last step made before the state was saved.</param>
/// <param name="Changes">Settings that differ from those it was stopped with.</param>
public sealed record RunResumed(int Step, IReadOnlyList<JobChange> Changes) : RunEvent;

/// <summary>The run begins at a checkpoint of another run.</summary>
/// <param name="Source">The folder of that run.</param>
/// <param name="Step">The step of the checkpoint.</param>
/// <param name="Changes">Settings that differ from those of that run.</param>
/// <param name="Whole">Whether the optimiser continues too; otherwise only the adapters do.</param>
public sealed record RunBranched(string Source, int Step, IReadOnlyList<JobChange> Changes, bool Whole) : RunEvent;

/// <summary>An optimiser step was made.</summary>
public sealed record StepDone(StepRecord Record, int TotalSteps) : RunEvent;

/// <summary>A step changed nothing, because its loss or gradient was not finite; the run continues.</summary>
public sealed record StepSkipped(int Step, Expert Expert, NonFinite Cause) : RunEvent;

/// <summary>A checkpoint was written: one file for each trained expert.</summary>
public sealed record CheckpointSaved(int Step, IReadOnlyList<string> Files) : RunEvent;

/// <summary>Previews are being made.</summary>
public sealed record SamplingProgress(int Step, int Done, int Total) : RunEvent;

/// <summary>A preview was written.</summary>
public sealed record SampleSaved(int Step, int Prompt, string File) : RunEvent;

/// <summary>A preview failed; the run continues.</summary>
public sealed record SampleFailed(int Step, int Prompt, string Message) : RunEvent;

/// <summary>The held-out loss of an expert was measured.</summary>
public sealed record ValidationDone(ValidationRecord Record) : RunEvent;

/// <summary>The run waits until it is asked to continue.</summary>
public sealed record RunPaused(int Step) : RunEvent;

/// <summary>The run continues after a pause.</summary>
public sealed record RunContinued(int Step) : RunEvent;

/// <summary>The learning rate was changed during the run.</summary>
public sealed record LearningRateChanged(int Step, PerExpert LearningRate) : RunEvent;

/// <summary>Something a user should know.</summary>
public sealed record RunWarning(string Message) : RunEvent;

/// <summary>The run ended: all steps made, or stopped on request with its state saved.</summary>
public sealed record RunEnded(int Step, bool Stopped) : RunEvent;
