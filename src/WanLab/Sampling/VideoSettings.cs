using WanLab.Diffusion;
using WanLab.Media;

namespace WanLab.Sampling;

/// <summary>
/// The settings of a sampled video: of the <c>sample</c> section for all previews, of a prompt where it differs, and of one request.
/// </summary>
public record VideoSettings
{
    /// <summary>Steps between previews, which are also made at the last step; 0: none.</summary>
    [AtLeast(0)]
    public int Every { get; init; } = 250;

    /// <summary>No previews at step 0, of the base model.</summary>
    public bool SkipFirst { get; init; } = true;

    /// <summary>The solver that integrates from noise to the video.</summary>
    public Solver Sampler { get; init; } = Solver.UniPc;

    /// <summary>Solver steps.</summary>
    [AtLeast(1, Ceiling = 10_000)]
    public int Steps { get; init; } = 25;

    /// <summary>Shift of the noise schedule.</summary>
    [Above(0)]
    public double Shift { get; init; } = 5;

    /// <summary>Width in pixels, a multiple of 16.</summary>
    [FromTo(16, 16384), PixelSize]
    public int Width { get; init; } = 768;

    /// <summary>Height in pixels, a multiple of 16.</summary>
    [FromTo(16, 16384), PixelSize]
    public int Height { get; init; } = 768;

    /// <summary>Classifier-free guidance, one for both experts or one each; 1 is none, and takes half the time.</summary>
    [AtLeast(0)]
    public PerExpert GuidanceScale { get; init; } = 3.5;

    /// <summary>Seed of the starting noise, which is drawn on the host: the same on every device.</summary>
    [AtLeast(0)]
    public long Seed { get; init; } = 42;

    /// <summary>Add a prompt's index to its seed.</summary>
    public bool WalkSeed { get; init; }

    /// <summary>Frames: 1, or 4n+1.</summary>
    [AtLeast(1, Ceiling = 10_001), FrameCount]
    public int NumFrames { get; init; } = 41;

    /// <summary>Frames per second of the written clip.</summary>
    [AtLeast(1, Ceiling = 1000)]
    public int Fps { get; init; } = 16;

    /// <summary>Text to steer away from; without effect where the guidance is 1.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>The noise levels that the solver visits.</summary>
    /// <exception cref="WanLabException">A setting is out of range.</exception>
    internal Schedule Schedule() => Sampler.Schedule(Steps, Shift);

    /// <summary>These settings without what a derived record adds.</summary>
    internal VideoSettings Plain() => new(this);
}
