namespace WanLab.Runs;

/// <summary>The parts into which the time of a step is divided, by their names in <see cref="StepRecord.Seconds"/>.</summary>
internal static class StepParts
{
    /// <summary>Reading encoded clips and drawing noise and timesteps.</summary>
    public const string Data = "data";

    /// <summary>The frozen model's predictions, where a loss needs them.</summary>
    public const string Base = "base";

    /// <summary>The passes forward.</summary>
    public const string Forward = "forward";

    /// <summary>The passes backward, with what they compute again.</summary>
    public const string Backward = "backward";

    /// <summary>Clipping and the update.</summary>
    public const string Optimizer = "optimizer";

    /// <summary>Moving an expert to the device.</summary>
    public const string Switch = "switch";

    /// <summary>Writing the step's line and reporting it.</summary>
    public const string Log = "log";

    /// <summary>Carrying out commands, pauses included.</summary>
    public const string Commands = "commands";

    /// <summary>Writing adapters and state.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Making previews.</summary>
    public const string Previews = "previews";

    /// <summary>Measuring the held-out loss.</summary>
    public const string Validation = "validation";

    /// <summary>The parts that the model and its optimiser take.</summary>
    public static IReadOnlyList<string> InModel { get; } = [Base, Forward, Backward, Optimizer];

    /// <summary>The parts that come only now and then, so that they do not belong to the pace of the steps.</summary>
    public static IReadOnlyList<string> NowAndThen { get; } = [Commands, Checkpoint, Previews, Validation];
}
