using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Sampling;
using WanLab.Training.Validation;

namespace WanLab.Training;

/// <summary>
/// One training run, whole: the job file as a record tree. A property is found under its key's name
/// (<c>training.steps</c> is <c>job.Training.Steps</c>); the keys of the file's <c>job</c> section
/// (<c>job.name</c>) are the properties of this record itself (<c>job.Name</c>).
/// </summary>
[TypeFormatterSource]
public sealed record TrainingJob
{
    /// <summary>Name of the run folder: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Replaces <c>[trigger]</c> in captions and prompts, and is prepended to captions that lack it; null: none.</summary>
    public string? TriggerWord { get; init; }

    /// <summary><c>auto</c> (the first CUDA device, else the CPU), <c>cpu</c>, or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>The number all randomness of the run derives from.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Parent folder of run folders; relative to the current directory.</summary>
    public string Output { get; init; } = "runs";

    /// <summary>The base model and where its parts live in memory.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>How the frozen weights are stored.</summary>
    public QuantizationOptions Quantization { get; init; } = new();

    /// <summary>The two experts: which ones are trained, and how steps are shared out.</summary>
    public MultistageOptions Multistage { get; init; } = new();

    /// <summary>What is trained: the adapter.</summary>
    public TargetOptions Target { get; init; } = new();

    /// <summary>Checkpoints.</summary>
    public SaveOptions Save { get; init; } = new();

    /// <summary>Steps, optimiser, loss and timesteps.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Experimental settings.</summary>
    public AdvancedOptions Advanced { get; init; } = new();

    /// <summary>Folders of clips to train on; at least one.</summary>
    public IReadOnlyList<DatasetOptions> Datasets { get; init; } = [];

    /// <summary>Previews made while training.</summary>
    public SampleOptions Sample { get; init; } = new();

    /// <summary>Loss on clips that are never trained on.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Further logs.</summary>
    public LoggingOptions Logging { get; init; } = new();
}
