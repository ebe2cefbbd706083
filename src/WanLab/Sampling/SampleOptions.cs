using WanLab.Models;

namespace WanLab.Sampling;

/// <summary>Solvers for previews.</summary>
public enum SamplerType
{
    /// <summary><c>unipc</c>.</summary>
    UniPC,

    /// <summary><c>dpm++</c>.</summary>
    DpmPlusPlus,

    /// <summary><c>euler</c>.</summary>
    Euler,
}

/// <summary>The <c>sample</c> section: previews made while training.</summary>
public sealed record SampleOptions
{
    /// <summary>Steps between previews; 0: none.</summary>
    public int Every { get; init; } = 250;

    /// <summary>No previews at step 0, of the base model.</summary>
    public bool SkipFirst { get; init; } = true;

    /// <summary>The solver.</summary>
    public SamplerType Sampler { get; init; } = SamplerType.UniPC;

    /// <summary>Solver steps.</summary>
    public int Steps { get; init; } = 25;

    /// <summary>Shift of the noise schedule.</summary>
    public double Shift { get; init; } = 5;

    /// <summary>Width in pixels, a multiple of 16.</summary>
    public int Width { get; init; } = 768;

    /// <summary>Height in pixels, a multiple of 16.</summary>
    public int Height { get; init; } = 768;

    /// <summary>Classifier-free guidance, one for both experts or one each.</summary>
    public PerExpert GuidanceScale { get; init; } = 3.5;

    /// <summary>Seed of the starting noise.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Add a prompt's index to its seed.</summary>
    public bool WalkSeed { get; init; }

    /// <summary>Frames: 1, or 4n+1.</summary>
    public int NumFrames { get; init; } = 41;

    /// <summary>Frames per second of the written clip.</summary>
    public int Fps { get; init; } = 16;

    /// <summary>Text to steer away from.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>What is sampled.</summary>
    public IReadOnlyList<PromptOptions> Prompts { get; init; } = [];

    /// <summary>
    /// The settings of one prompt: these, with its overrides applied, the seed walked (so
    /// <see cref="WalkSeed"/> is false in the answer), and it as the only prompt.
    /// </summary>
    /// <param name="index">Index into <see cref="Prompts"/>.</param>
    public SampleOptions For(int index)
    {
        var prompt = Prompts[index];
        var seed = prompt.Seed ?? Seed;
        return this with
        {
            Every = prompt.Every ?? Every,
            SkipFirst = prompt.SkipFirst ?? SkipFirst,
            Sampler = prompt.Sampler ?? Sampler,
            Steps = prompt.Steps ?? Steps,
            Shift = prompt.Shift ?? Shift,
            Width = prompt.Width ?? Width,
            Height = prompt.Height ?? Height,
            GuidanceScale = prompt.GuidanceScale ?? GuidanceScale,
            Seed = prompt.WalkSeed ?? WalkSeed ? seed + index : seed,
            WalkSeed = false,
            NumFrames = prompt.NumFrames ?? NumFrames,
            Fps = prompt.Fps ?? Fps,
            NegativePrompt = prompt.NegativePrompt ?? NegativePrompt,
            Prompts = [prompt],
        };
    }
}
