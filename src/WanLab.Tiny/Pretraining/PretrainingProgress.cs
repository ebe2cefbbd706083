namespace WanLab.Tiny.Pretraining;

/// <summary>How far a pretraining is.</summary>
/// <param name="Phase">render, vae, latents, shared, high, low, decoder or export.</param>
/// <param name="Done">Steps of the phase that are done.</param>
/// <param name="Total">Steps it has.</param>
/// <param name="Loss">The loss, smoothed; NaN where the phase has none.</param>
public readonly record struct PretrainingProgress(string Phase, int Done, int Total, double Loss = double.NaN);
