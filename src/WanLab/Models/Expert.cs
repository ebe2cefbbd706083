namespace WanLab.Models;

/// <summary>The two transformers of A14B.</summary>
public enum Expert
{
    /// <summary>Timesteps at or above the boundary: layout and motion. diffusers: transformer.</summary>
    High,

    /// <summary>Timesteps below the boundary: detail. diffusers: transformer_2.</summary>
    Low,
}

/// <summary>Names and ranges of experts.</summary>
public static class Experts
{
    /// <summary>Both, high first: the order in which sampling meets them.</summary>
    public static IReadOnlyList<Expert> All { get; } = [Expert.High, Expert.Low];

    /// <summary>As in file names and logs: <c>high_noise</c>, <c>low_noise</c>.</summary>
    public static string Name(this Expert expert) => expert == Expert.High ? "high_noise" : "low_noise";

    /// <summary>The timesteps an expert is for, in [0, 1000].</summary>
    /// <param name="expert">Which one.</param>
    /// <param name="boundary">Share of 1000 at which they meet; 0.9 for I2V-A14B.</param>
    public static (double From, double To) Range(this Expert expert, double boundary) =>
        expert == Expert.High ? (1000 * boundary, 1000) : (0, 1000 * boundary);

    /// <summary>Whose a timestep is: the official test is t &gt;= boundary.</summary>
    public static Expert At(double timestep, double boundary) => timestep >= 1000 * boundary ? Expert.High : Expert.Low;
}
