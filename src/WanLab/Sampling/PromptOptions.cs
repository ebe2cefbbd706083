using WanLab.Models;

namespace WanLab.Sampling;

/// <summary>
/// One entry of <c>sample.prompts</c>: what to preview. The settings left null are those of the
/// <c>sample</c> section; <see cref="SampleOptions.For"/> puts both together.
/// </summary>
public sealed record PromptOptions
{
    /// <summary>The text; <c>[trigger]</c> stands for the trigger word.</summary>
    public required string Prompt { get; init; }

    /// <summary>File of the control image the clip starts from.</summary>
    public required string Image { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Every"/>.</summary>
    public int? Every { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.SkipFirst"/>.</summary>
    public bool? SkipFirst { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Sampler"/>.</summary>
    public SamplerType? Sampler { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Steps"/>.</summary>
    public int? Steps { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Shift"/>.</summary>
    public double? Shift { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Width"/>.</summary>
    public int? Width { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Height"/>.</summary>
    public int? Height { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.GuidanceScale"/>.</summary>
    public PerExpert? GuidanceScale { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Seed"/>.</summary>
    public long? Seed { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.WalkSeed"/>.</summary>
    public bool? WalkSeed { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.NumFrames"/>.</summary>
    public int? NumFrames { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.Fps"/>.</summary>
    public int? Fps { get; init; }

    /// <summary>Overrides <see cref="SampleOptions.NegativePrompt"/>.</summary>
    public string? NegativePrompt { get; init; }
}
