namespace WanLab.Training;

/// <summary>The <c>advanced</c> section.</summary>
public sealed record AdvancedOptions
{
    /// <summary>Differential guidance.</summary>
    public DifferentialGuidanceOptions DifferentialGuidance { get; init; } = new();
}

/// <summary>
/// The <c>advanced.differential_guidance</c> mapping: the target becomes base + scale (target - base),
/// base being the frozen model's prediction.
/// </summary>
public sealed record DifferentialGuidanceOptions
{
    /// <summary>Whether targets are moved.</summary>
    public bool Enabled { get; init; }

    /// <summary>How far; 1 changes nothing.</summary>
    public double Scale { get; init; } = 3;
}
