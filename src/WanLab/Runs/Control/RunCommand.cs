namespace WanLab.Runs.Control;

/// <summary>Something a running training is asked to do between two steps.</summary>
internal abstract record RunCommand
{
    /// <summary>The command to write a checkpoint.</summary>
    public sealed record Save : RunCommand;

    /// <summary>The command to make all previews.</summary>
    public sealed record Sample : RunCommand;

    /// <summary>The command to wait until the command to continue.</summary>
    public sealed record Pause : RunCommand;

    /// <summary>The command to continue after a pause.</summary>
    public sealed record Resume : RunCommand;

    /// <summary>The command to end the run with its state saved.</summary>
    public sealed record Stop : RunCommand;

    /// <summary>The command to continue with other learning rates.</summary>
    public sealed record SetLearningRate(PerExpert LearningRate) : RunCommand;

    /// <summary>The commands by their words in <c>wanlab ctl</c>. Commands that need a value have none.</summary>
    public static IReadOnlyDictionary<string, RunCommand> Words { get; } = new Dictionary<string, RunCommand>
    {
        ["save"] = new Save(),
        ["sample"] = new Sample(),
        ["pause"] = new Pause(),
        ["resume"] = new Resume(),
        ["stop"] = new Stop(),
    };
}
