using WanLab.Datasets;
using WanLab.Training;

namespace WanLab.Planning;

/// <summary>The resources a job will need, estimated before anything is loaded.</summary>
[TypeFormatterSource]
public sealed record JobPlan
{
    /// <summary>The planned job.</summary>
    public required TrainingJob Job { get; init; }

    /// <summary>The job's items, clip by clip.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Files held out for validation; empty if validation is off or uses a folder.</summary>
    public required IReadOnlySet<string> HeldOut { get; init; }

    /// <summary>Sizes at which items are trained, the one that needs the most memory first.</summary>
    public required IReadOnlyList<BucketPlan> Buckets { get; init; }

    /// <summary>Parameters of one expert.</summary>
    public required long Parameters { get; init; }

    /// <summary>Parameters of one expert's adapter.</summary>
    public required long AdapterParameters { get; init; }

    /// <summary>Bytes of the cache of latents and texts, as if nothing were cached yet.</summary>
    public required long CacheBytes { get; init; }

    /// <summary>Bytes of checkpoints and saved states at the end of the run.</summary>
    public required long CheckpointBytes { get; init; }

    /// <summary>The timesteps that each expert will draw.</summary>
    public required IReadOnlyList<TimestepPlan> Timesteps { get; init; }

    /// <summary>
    /// Seconds per step, by part: of the run so far, else of the newest run of the same model and sizes; empty if there is none.
    /// </summary>
    public required IReadOnlyList<(string Part, double Seconds)> StepSeconds { get; init; }

    /// <summary>
    /// Share of the newest steps' time that the model and its optimiser took, rather than data, logs or waiting; null if no
    /// step was made.
    /// </summary>
    public double? ModelShare { get; init; }

    /// <summary>Name of the run that the times are of.</summary>
    internal string TimedRun { get; init; } = "";

    /// <summary>Whether the job trains on the CPU of this machine.</summary>
    internal bool OnCpu { get; init; }

    /// <summary>Whether it is planned for a device that need not be here.</summary>
    internal bool Elsewhere { get; init; }

    /// <summary>Cost of moving one expert after the other to the device; null if both stay there.</summary>
    public SwitchCost? Switching { get; init; }

    /// <summary>Warnings for the user, each with the setting to write instead.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Memory of the device in bytes; null if unknown.</summary>
    public long? DeviceBytes { get; init; }

    /// <summary>Bytes that a step may take on the device; as many as there can be if its memory is unknown.</summary>
    internal long Room => DeviceBytes is { } bytes ? (long)(bytes * Planner.Usable) : long.MaxValue;

    /// <summary>Whether the largest step fits the device.</summary>
    public bool Fits => Buckets.Count == 0 || Buckets[0].Memory.Total <= Room;

    /// <summary>
    /// Changes that make the job smaller if it does not fit, the one that costs least first: the settings to write, and the bytes that
    /// the job would then need.
    /// </summary>
    public IReadOnlyList<(string Change, long Bytes)> Advice { get; init; } = [];

    /// <summary>As many of those changes together as the job needs to fit, or all of them; null if it fits as it is.</summary>
    public CombinedAdvice? Together { get; init; }
}

/// <summary>Several changes of a job, made together so that it needs less memory.</summary>
/// <param name="Changes">The settings to write.</param>
/// <param name="Bytes">The bytes that the largest step would then need.</param>
public sealed record CombinedAdvice(IReadOnlyList<string> Changes, long Bytes);

/// <summary>One size of the items that are trained.</summary>
/// <param name="Bucket">Width and height.</param>
/// <param name="Frames">Frames of an item.</param>
/// <param name="Items">Number of items of this size.</param>
/// <param name="Tokens">Tokens of one item.</param>
/// <param name="Memory">Memory of a step.</param>
public sealed record BucketPlan(Bucket Bucket, int Frames, int Items, long Tokens, StepMemory Memory);
