namespace WanLab.Tiny.Pretraining;

/// <summary>Progress of a pretraining.</summary>
/// <param name="Phase">render, vae, latents, shared, high, low, decoder or export.</param>
/// <param name="Done">Number of completed steps of the phase.</param>
/// <param name="Total">Number of steps of the phase.</param>
/// <param name="Loss">The smoothed loss; NaN if the phase has none.</param>
internal readonly record struct PretrainingProgress(string Phase, int Done, int Total, double Loss = double.NaN);
