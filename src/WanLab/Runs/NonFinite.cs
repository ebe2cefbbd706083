using System.Globalization;

namespace WanLab.Runs;

/// <summary>Why a step was skipped.</summary>
/// <param name="What">What was not finite: loss or gradient.</param>
/// <param name="Clips">The clips it came from; of a gradient, all of the step's.</param>
/// <param name="Timesteps">Their timesteps, 0..1000.</param>
public sealed record NonFinite(string What, IReadOnlyList<string> Clips, IReadOnlyList<double> Timesteps)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"the {What} is not finite ({string.Join("; ", Clips.Zip(Timesteps, (clip, t) => string.Create(CultureInfo.InvariantCulture, $"clip {clip}, timestep {t:0.#}")))})";
}
