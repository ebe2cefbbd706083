using WanLab.Datasets;
using WanLab.Training;

namespace WanLab.Planning;

/// <summary>What a job will need, told before anything is loaded.</summary>
[TypeFormatterSource]
public sealed record JobPlan
{
    /// <summary>The job.</summary>
    public required TrainingJob Job { get; init; }

    /// <summary>Its items, clip by clip.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Files that are held out for validation; empty where validation is off or uses a folder.</summary>
    public required IReadOnlySet<string> HeldOut { get; init; }

    /// <summary>Sizes that items are trained at, the one that needs most memory first.</summary>
    public required IReadOnlyList<BucketPlan> Buckets { get; init; }

    /// <summary>Parameters of one expert.</summary>
    public required long Parameters { get; init; }

    /// <summary>Parameters of one expert's adapter.</summary>
    public required long AdapterParameters { get; init; }

    /// <summary>Bytes of the cache of latents and texts, were none there yet.</summary>
    public required long CacheBytes { get; init; }

    /// <summary>Bytes of checkpoints and saved states at the end of the run.</summary>
    public required long CheckpointBytes { get; init; }

    /// <summary>What each expert will draw.</summary>
    public required IReadOnlyList<TimestepPlan> Timesteps { get; init; }

    /// <summary>Seconds a step took so far in this run's folder, by part; empty where it made none.</summary>
    public required IReadOnlyList<(string Part, double Seconds)> StepSeconds { get; init; }

    /// <summary>
    /// Share of the newest steps' time that the model and its optimiser took, rather than data, logs or waiting; null where no
    /// step was made.
    /// </summary>
    public double? ModelShare { get; init; }

    /// <summary>What bringing one expert after the other to the device costs; null where both stay.</summary>
    public SwitchCost? Switching { get; init; }

    /// <summary>What a user should know, each with what to write.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Memory of the device in bytes; null where it is not known.</summary>
    public long? DeviceBytes { get; init; }

    /// <summary>Whether the largest step fits the device.</summary>
    public bool Fits => DeviceBytes is not { } bytes || Buckets.Count == 0 || Buckets[0].Memory.Total <= bytes * Planner.Usable;

    /// <summary>Changes to the job that make it smaller, where it does not fit: what to write, and the bytes it would then take.</summary>
    public IReadOnlyList<(string Change, long Bytes)> Advice { get; init; } = [];
}

/// <summary>One size of items.</summary>
/// <param name="Bucket">Width and height.</param>
/// <param name="Frames">Frames of an item.</param>
/// <param name="Items">Items of this size.</param>
/// <param name="Tokens">Tokens of one.</param>
/// <param name="Memory">Memory of a step.</param>
public sealed record BucketPlan(Bucket Bucket, int Frames, int Items, long Tokens, StepMemory Memory);
