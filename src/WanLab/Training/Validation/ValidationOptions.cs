namespace WanLab.Training.Validation;

/// <summary>The <c>validation</c> section: loss on clips that are never trained on.</summary>
public sealed record ValidationOptions
{
    /// <summary>Steps between two validations; 0 turns validation off.</summary>
    [AtLeast(0), OnResume(Change.FreeAboveZero, "clips that were held out would be trained on, or the reverse")]
    public int Every { get; init; } = 250;

    /// <summary>The held-out clips: a share of all clips, chosen by the job's seed, or a separate folder.</summary>
    public Holdout Holdout { get; init; } = 0.1;

    /// <summary>Noise levels at which the loss is measured.</summary>
    [OnResume(Change.Free)]
    public ValidationSigmas Sigmas { get; init; } = new();
}

/// <summary>The clips that validation uses. In a job file: a number (share of the clips) or a folder.</summary>
public sealed record Holdout
{
    /// <summary>Share of the clips, in [0, 1), chosen by the job's seed; 0 where <see cref="Folder"/> is set.</summary>
    [Shorthand, AtLeast(0, below: 1)]
    public double Share { get; init; }

    /// <summary>A separate folder of clips; null if a share is held out.</summary>
    [Shorthand, FilePath]
    public string? Folder { get; init; }

    /// <summary>Holds out a share of the clips.</summary>
    public static implicit operator Holdout(double share) => new() { Share = share };

    /// <summary>Uses the clips of a folder.</summary>
    public static implicit operator Holdout(string folder) => new() { Folder = folder };
}

/// <summary>The <c>validation.sigmas</c> mapping: absolute noise levels, in (0, 1], per expert.</summary>
public sealed record ValidationSigmas
{
    /// <summary>Levels of the high-noise expert.</summary>
    [Items("[0.98, 0.92]", AtLeastOne = true), Above(0, atMost: 1)]
    public IReadOnlyList<double> High { get; init; } = [0.98, 0.96, 0.94, 0.92];

    /// <summary>Levels of the low-noise expert.</summary>
    [Items("[0.85, 0.5]", AtLeastOne = true), Above(0, atMost: 1)]
    public IReadOnlyList<double> Low { get; init; } = [0.85, 0.70, 0.50, 0.30, 0.15];

    /// <summary>The levels of one expert.</summary>
    public IReadOnlyList<double> this[Expert expert] => expert == Expert.High ? High : Low;
}
