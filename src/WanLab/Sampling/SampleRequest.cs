using WanLab.Models;

namespace WanLab.Sampling;

/// <summary>One clip to sample: everything that decides its pixels but the model and its adapters.</summary>
public sealed record SampleRequest
{
    // The VAE shrinks a side by 8 and the transformer takes 2 x 2 patches.
    private const int SizeStep = 16;

    /// <summary>What happens in the clip.</summary>
    public required string Prompt { get; init; }

    /// <summary>Text to steer away from; without effect where the guidance is 1.</summary>
    public string NegativePrompt { get; init; } = "";

    /// <summary>File of the image the clip starts from; scaled to cover the size and cut to it around the centre.</summary>
    public required string Image { get; init; }

    /// <summary>Pixels across, a multiple of 16.</summary>
    public int Width { get; init; } = 768;

    /// <summary>Pixels down, a multiple of 16.</summary>
    public int Height { get; init; } = 768;

    /// <summary>Frames: 1, or 4n+1.</summary>
    public int NumFrames { get; init; } = 41;

    /// <summary>Frames a second of the written clip.</summary>
    public int Fps { get; init; } = 16;

    /// <summary>Seed of the starting noise, which is drawn on the host: the same on every device.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Solver, steps, guidance, boundary.</summary>
    public SolverSettings Solver { get; init; } = new();

    /// <summary>Checks everything that can be known before a model is opened.</summary>
    /// <exception cref="WanLabException">Something is wrong; all of it is listed.</exception>
    public void Check()
    {
        string[] problems = [.. Problems()];
        if (problems.Length == 1) throw new WanLabException($"Can not sample: {problems[0]}");
        if (problems.Length > 1) throw new WanLabException($"Can not sample:{string.Concat(problems.Select(problem => $"\n  {problem}"))}");
    }

    private IEnumerable<string> Problems()
    {
        if (!File.Exists(Image))
            yield return Image == "" ? "image to video needs an image to start from; name one." : $"the image '{Image}' does not exist; mend its path.";
        foreach (var (name, value) in new[] { ("width", Width), ("height", Height) })
            if (value < SizeStep || value % SizeStep != 0)
                yield return $"the {name} is {value}, but must be a multiple of {SizeStep}: write {Math.Max(SizeStep, (value + SizeStep / 2) / SizeStep * SizeStep)}.";
        if (NumFrames < 1 || NumFrames % 4 != 1)
        {
            var below = Math.Max(1, (NumFrames - 1) / 4 * 4 + 1);
            yield return $"{NumFrames} frames are not 1 or 4n+1; write {below} or {below + 4}.";
        }
        if (Fps < 1) yield return $"{Fps} frames a second can not be played; write 16.";
        if (Diffusion.Solver.All.All(solver => solver.Name != Solver.Name))
            yield return $"there is no sampler '{Solver.Name}'; write one of {string.Join(", ", Diffusion.Solver.All.Select(solver => solver.Name))}.";
        if (Solver.Steps < 1) yield return $"{Solver.Steps} steps are too few; write 1 or more.";
        if (!(Solver.Shift > 0) || double.IsInfinity(Solver.Shift)) yield return FormattableString.Invariant($"the shift is {Solver.Shift}, but must be above 0.");
        if (!(Solver.Boundary is > 0 and < 1)) yield return FormattableString.Invariant($"the boundary is {Solver.Boundary}, but must lie between 0 and 1.");
        foreach (var expert in Experts.All)
            if (!double.IsFinite(Solver.GuidanceOf(expert))) yield return $"the guidance of the {expert.Name()} expert is not a number.";
    }
}
