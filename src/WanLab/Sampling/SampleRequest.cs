using System.Text.Json.Serialization;
using WanLab.Diffusion;
using WanLab.Media;

namespace WanLab.Sampling;

/// <summary>One clip to sample: everything that decides its pixels except the model and its adapters.</summary>
[JsonConverter(typeof(SampleRequestForm))]
internal sealed record SampleRequest
{
    /// <summary>Text that says what happens in the clip.</summary>
    public required string Prompt { get; init; }

    /// <summary>File of the image that the clip starts from; it is scaled to cover the size and cut to it around the centre.</summary>
    public required string Image { get; init; }

    /// <summary>Solver, size, guidance, seed. The settings for when previews are due and for walking seeds have no effect here.</summary>
    public VideoSettings Video { get; init; } = new();

    /// <summary>Sigma from which on steps belong to the high-noise expert.</summary>
    public double Boundary { get; init; } = Experts.UsualBoundary;

    /// <summary>The experts that have steps to make, in order.</summary>
    public IReadOnlyList<Expert> UsedExperts() =>
        [.. Video.Schedule().Timesteps.Select(t => Experts.At(Timestep.Sigma(t), Boundary)).Distinct()];

    /// <summary>Whether an expert that has steps to make is guided, so that the negative prompt has an effect.</summary>
    public bool NeedsNegative() => UsedExperts().Any(expert => Video.GuidanceScale[expert] != 1);

    /// <summary>Checks everything that can be checked before a model is opened.</summary>
    /// <exception cref="WanLabException">Something is wrong; all problems are listed.</exception>
    public void Check()
    {
        string[] problems = [.. Problems()];
        if (problems.Length == 1) throw new WanLabException($"Cannot sample: {problems[0]}");
        if (problems.Length > 1) throw new WanLabException($"Cannot sample:{string.Concat(problems.Select(problem => $"\n  {problem}"))}");
    }

    private IEnumerable<string> Problems()
    {
        if (!File.Exists(Image))
            yield return Image == ""
                ? "image to video needs an image to start from; name one."
                : $"the image '{Image}' does not exist; correct its path.";
        foreach (var (name, value) in new[] { ("width", Video.Width), ("height", Video.Height) })
            if (!ClipSize.IsSide(value))
                yield return $"the {name} is {value}, but must be a multiple of {ClipSize.SideStep}: write {ClipSize.NearestSide(value)}.";
        if (ClipSize.FrameComplaint(Video.NumFrames) is { } complaint) yield return $"{complaint}.";
        if (Video.Fps < 1) yield return $"{Video.Fps} frames a second cannot be played; write 16.";
        if (Video.Steps < 1) yield return $"{Video.Steps} steps are too few; write 1 or more.";
        if (!(Video.Shift > 0) || double.IsInfinity(Video.Shift))
            yield return FormattableString.Invariant($"the shift is {Video.Shift}, but must be above 0.");
        if (!(Boundary is > 0 and < 1))
            yield return FormattableString.Invariant($"the boundary is {Boundary}, but must lie between 0 and 1.");
        foreach (var expert in Experts.All)
            if (!double.IsFinite(Video.GuidanceScale[expert])) yield return $"the guidance of the {expert.Name()} expert is not a number.";
    }
}
