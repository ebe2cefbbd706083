namespace WanLab.Training;

/// <summary>The <c>advanced</c> section: experimental settings.</summary>
public sealed record AdvancedOptions
{
    /// <summary>Differential guidance: the adapter learns the difference to the base model, enlarged.</summary>
    public DifferentialGuidanceOptions DifferentialGuidance { get; init; } = new();
}

/// <summary>
/// The <c>advanced.differential_guidance</c> mapping: the target becomes base + scale (target - base),
/// where base is the frozen model's prediction.
/// </summary>
public sealed record DifferentialGuidanceOptions
{
    /// <summary>Whether targets are moved away from the base model's prediction.</summary>
    public bool Enabled { get; init; }

    /// <summary>Factor on the distance from the base model's prediction: target' = base + scale (target - base). 1 changes nothing.</summary>
    [Above(0)]
    public double Scale { get; init; } = 3;
}
