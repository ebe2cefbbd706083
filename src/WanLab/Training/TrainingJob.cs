using WanLab.Adapters;
using WanLab.Datasets;
using WanLab.Memory;
using WanLab.Sampling;
using WanLab.Training.Validation;

namespace WanLab.Training;

/// <summary>
/// A complete training job: the job file as a record tree. Each property has the name of its key
/// (<c>training.steps</c> is <c>job.Training.Steps</c>); the keys of the file's <c>job</c> section
/// (<c>job.name</c>) are the properties of this record itself (<c>job.Name</c>).
/// </summary>
[TypeFormatterSource]
[PlainValues("job", "The run: its name, its folder, where it is computed.", "every job needs a name: 'job: {name: NAME}'")]
public sealed record TrainingJob
{
    /// <summary>Name of the run folder: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    [RunName, RequiredKey("it names the run folder"), OnResume(Change.Free)]
    public required string Name { get; init; }

    /// <summary>Replaces <c>[trigger]</c> in captions and prompts, and is prepended to captions that lack it.</summary>
    public string? TriggerWord { get; init; }

    /// <summary><c>auto</c> (the first CUDA device, else the CPU), <c>cpu</c>, or <c>cuda:N</c>.</summary>
    [DeviceName, OnResume(Change.Free)]
    public string Device { get; init; } = "auto";

    /// <summary>The number all randomness of the run derives from.</summary>
    [AtLeast(0), OnResume(Change.Refused, "noise, timesteps and the order of the data follow from it")]
    public long Seed { get; init; } = 42;

    /// <summary>Parent folder of run folders; relative to the current folder, unlike all other paths.</summary>
    [NotEmpty("must be a folder, not an empty text"), OnResume(Change.Free)]
    public string Output { get; init; } = "runs";

    /// <summary>The base model and where its parts live in memory.</summary>
    [OnResume(Change.Refused, "the adapter fits the model it was trained on")]
    public ModelOptions Model { get; init; } = new();

    /// <summary>Quantisation of the frozen weights.</summary>
    [OnResume(Change.Refused, "the adapter fits the weights it was trained on")]
    public QuantizationOptions Quantization { get; init; } = new();

    /// <summary>The two experts: which ones are trained, and how steps are shared out.</summary>
    [OnResume(Change.Refused, "which expert a step trains, and the optimiser state of each, follow from it")]
    public MultistageOptions Multistage { get; init; } = new();

    /// <summary>The adapter that is trained.</summary>
    [OnResume(Change.Refused, "the adapter that was trained so far has the old shape")]
    public TargetOptions Target { get; init; } = new();

    /// <summary>Checkpoints: when they are written, and how many are kept.</summary>
    [OnResume(Change.Free)]
    public SaveOptions Save { get; init; } = new();

    /// <summary>Steps, optimiser, loss and timesteps.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>Experimental settings.</summary>
    public AdvancedOptions Advanced { get; init; } = new();

    /// <summary>Folders of clips to train on; at least one.</summary>
    [Items("'- path: FOLDER'", AtLeastOne = true), RequiredKey("give at least one folder of clips, as '- path: FOLDER'")]
    [OnResume(Change.Refused, "the order of the data follows from it")]
    public IReadOnlyList<DatasetOptions> Datasets { get; init; } = [];

    /// <summary>Previews made while training.</summary>
    [OnResume(Change.Free)]
    public SampleOptions Sample { get; init; } = new();

    /// <summary>Loss on clips that are never trained on.</summary>
    [OnResume(Change.Refused, "clips that were held out would be trained on, or the reverse")]
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Logs in addition to metrics.jsonl and events.jsonl.</summary>
    [OnResume(Change.Free)]
    public LoggingOptions Logging { get; init; } = new();
}
