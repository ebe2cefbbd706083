namespace WanLab.Models.Vae;

/// <summary>Converts between RGB24 bytes, as files hold them, and the VAE's videos in [-1, 1].</summary>
public static class Pixels
{
    /// <summary>A video [1, 3, T, H, W] in [-1, 1], fp32, on the host.</summary>
    /// <param name="rgb">RGB24 bytes [T, H, W, 3].</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public static Tensor ToVideo(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using var scope = new TensorScope();
        var frames = rgb.Length / (3L * width * height);
        return scope.Keep(
            (Tensor.From(rgb, 1, frames, height, width, 3).To(DType.Float32) / 127.5 - 1).Permute(0, 4, 1, 2, 3).Contiguous());
    }

    /// <summary>RGB24 bytes [T, H, W, 3] of a video [1, 3, T, H, W]; values beyond [-1, 1] are limited.</summary>
    public static byte[] ToBytes(Tensor video)
    {
        video.Expect("video", 1, 3, -1, -1, -1);
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        return ((video.To(DType.Float32) + 1) * 127.5).Round().Clamp(0, 255).To(DType.UInt8).Permute(0, 2, 3, 4, 1).ToArray<byte>();
    }
}
