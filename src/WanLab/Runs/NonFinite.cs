namespace WanLab.Runs;

/// <summary>The reason a step was skipped: a loss or gradient that was NaN or infinite.</summary>
/// <param name="What">The value that was not finite: loss or gradient.</param>
/// <param name="Clips">The clips it came from; for a gradient, all clips of the step.</param>
/// <param name="Timesteps">The timesteps of these clips, 0..1000.</param>
public sealed record NonFinite(string What, IReadOnlyList<string> Clips, IReadOnlyList<double> Timesteps)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"the {What} is not finite ({string.Join("; ", Clips.Zip(Timesteps, (clip, t) => string.Create(CultureInfo.InvariantCulture, $"clip {clip}, timestep {t:0.#}")))})";
}
