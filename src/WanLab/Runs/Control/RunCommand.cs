using WanLab.Models;

namespace WanLab.Runs.Control;

/// <summary>Something a running training is asked to do between two steps.</summary>
public abstract record RunCommand
{
    /// <summary>Write a checkpoint.</summary>
    public sealed record Save : RunCommand;

    /// <summary>Make all previews.</summary>
    public sealed record Sample : RunCommand;

    /// <summary>Wait.</summary>
    public sealed record Pause : RunCommand;

    /// <summary>Go on.</summary>
    public sealed record Resume : RunCommand;

    /// <summary>End, with the state saved.</summary>
    public sealed record Stop : RunCommand;

    /// <summary>Train on with other learning rates.</summary>
    public sealed record SetLearningRate(PerExpert LearningRate) : RunCommand;

    /// <summary>The commands that have a word of their own, as <c>wanlab ctl</c> takes them.</summary>
    public static IReadOnlyDictionary<string, RunCommand> Words { get; } = new Dictionary<string, RunCommand>
    {
        ["save"] = new Save(),
        ["sample"] = new Sample(),
        ["pause"] = new Pause(),
        ["resume"] = new Resume(),
        ["stop"] = new Stop(),
    };
}
