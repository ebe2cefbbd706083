namespace WanLab.Tiny.Experiments;

/// <summary>A question put to trainings on the embedded model: what to train, what to sample, what to measure.</summary>
public sealed record Experiment
{
    /// <summary>Its name on the command line and in file names.</summary>
    public required string Name { get; init; }

    /// <summary>What it asks.</summary>
    public required string Question { get; init; }

    /// <summary>What is trained, one line in each table.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>Seeds of each training.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>Checkpoints that are looked at; step 0, the base model, always is.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [600, 1200, 2400];

    /// <summary>What is sampled.</summary>
    public required IReadOnlyList<Probe> Probes { get; init; }

    /// <summary>Lengths sampled.</summary>
    public IReadOnlyList<int> Frames { get; init; } = [17];

    /// <summary>Noises that each probe is sampled from.</summary>
    public int Noises { get; init; } = 2;

    /// <summary>What is measured; a table and a figure each.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }
}

/// <summary>One table and figure of an experiment.</summary>
/// <param name="Name">Part of the figure's file name.</param>
/// <param name="Title">What is measured, with its unit.</param>
/// <param name="Value">The number of a sample; null where the sample does not count.</param>
/// <param name="Reference">A value to compare with, such as the training clips', and what it is.</param>
public sealed record Panel(string Name, string Title, Func<SampleRow, double?> Value, (string Name, Func<double> Value)? Reference = null);
