using WanLab.Models.Vae;
using WanLab.Scenes;
using WanLab.Torch;

namespace WanLab.Models.Tiny;

/// <summary>Measures how large a VAE's latents are, so that the transformer sees them with mean 0 and deviation 1.</summary>
internal static class LatentScale
{
    private const int Scenes = 4, Side = 64, Frames = 17;

    /// <summary>Mean and standard deviation of each channel over a few rendered scenes, in four decimals.</summary>
    /// <param name="vae">One whose own means are 0 and deviations 1.</param>
    public static (double[] Mean, double[] Std) Measure(WanVae vae)
    {
        using var scope = new TensorScope();
        var latents = Tensor.Cat([.. Enumerable.Range(1, Scenes).Select(seed => vae.Encode(Video(seed)))], 0);
        var mean = latents.Mean([0, 2, 3, 4], keep: true);
        var deviation = (latents - mean).Pow(2).Mean([0, 2, 3, 4]).Sqrt();
        return (Rounded(mean.View(-1), 0), Rounded(deviation, 1e-3));
    }

    private static Tensor Video(int seed)
    {
        var pixels = SceneRenderer.Render(SceneGenerator.Draw(seed), Side, Side, Frames);
        return (Tensor.From(pixels, 1, Frames, Side, Side, 3).To(DType.Float32) / 127.5 - 1).Permute(0, 4, 1, 2, 3);
    }

    private static double[] Rounded(Tensor values, double least) =>
        [.. values.To(DType.Float64).ToArray<double>().Select(v => Math.Round(least > 0 ? Math.Max(v, least) : v, 4))];
}
