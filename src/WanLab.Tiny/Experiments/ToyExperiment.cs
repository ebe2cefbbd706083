using WanLab.Experiments;

namespace WanLab.Tiny.Experiments;

/// <summary>An experiment on the embedded model: checkpoints of its trainings are sampled, and the samples are measured.</summary>
public sealed record ToyExperiment : Experiment
{
    /// <summary>Creates an experiment with one seed.</summary>
    public ToyExperiment() => Seeds = [1];

    /// <summary>Steps of the checkpoints that are sampled; step 0, the base model, is always added.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [600, 1200, 2400];

    /// <summary>The scenes that are sampled.</summary>
    public required IReadOnlyList<Probe> Probes { get; init; }

    /// <summary>Lengths of the sampled clips, in frames.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [17];

    /// <summary>Number of noises from which each probe is sampled.</summary>
    public int Noises { get; init; } = 2;

    /// <summary>The measures; each gets a table and a figure.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }
}

/// <summary>One table and figure of an experiment.</summary>
/// <param name="Name">Part of the figure's file name.</param>
/// <param name="Title">The measure, with its unit.</param>
/// <param name="Value">The number of a sample; null if the sample does not count.</param>
/// <param name="Reference">A value for comparison, such as the training clips', and its name.</param>
public sealed record Panel(string Name, string Title, Func<SampleRow, double?> Value, (string Name, Func<double> Value)? Reference = null);
