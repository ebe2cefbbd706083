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
    /// <summary>The boundary between the experts of I2V-A14B, as a share of 1000 timesteps.</summary>
    public const double UsualBoundary = 0.9;

    /// <summary>Both experts, high first: the order in which sampling uses them.</summary>
    public static IReadOnlyList<Expert> All { get; } = [Expert.High, Expert.Low];

    /// <summary>The expert's name in file names and logs: <c>high_noise</c>, <c>low_noise</c>.</summary>
    public static string Name(this Expert expert) => expert == Expert.High ? "high_noise" : "low_noise";

    /// <summary>The expert in words, as displays show it: <c>high noise</c>, <c>low noise</c>.</summary>
    public static string Title(this Expert expert) => expert == Expert.High ? "high noise" : "low noise";

    /// <summary>The part of a model that holds an expert's weights.</summary>
    internal static ModelPart Part(this Expert expert) => expert == Expert.High ? ModelPart.High : ModelPart.Low;

    /// <summary>The range of noise levels, in sigma, that an expert is for.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="boundary">Sigma at which the two ranges meet; 0.9 for I2V-A14B.</param>
    public static (double From, double To) Range(this Expert expert, double boundary) =>
        expert == Expert.High ? (boundary, 1) : (0, boundary);

    /// <summary>The expert for a noise level: the official test is sigma &gt;= boundary.</summary>
    public static Expert At(double sigma, double boundary) => sigma >= boundary ? Expert.High : Expert.Low;
}
