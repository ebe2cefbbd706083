namespace WanLab.Models.Vae;

/// <summary>
/// Builds the condition that gives the transformer the image that a clip starts from. Source: Wan2.2 wan/image2video.py.
/// </summary>
internal static class ImageCondition
{
    /// <summary>Number of mask channels: one for each of the frames that a latent frame stands for.</summary>
    private const int MaskChannels = 4;

    /// <summary>
    /// The condition y for training on single images, [B, 20, 1, h, w], fp32: a mask of zeros and the encoding of a grey frame, which is
    /// what unknown frames of a clip look like. If the image itself were its condition, copying it would be a perfect
    /// answer, and nothing would be learned.
    /// </summary>
    /// <param name="vae">The VAE.</param>
    /// <param name="image">[B, 3, 1, H, W]; only its size counts.</param>
    public static Tensor Empty(WanVae vae, Tensor image)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var latent = vae.Condition(Tensor.Zeros([.. image.Shape], device: image.Device), 1);
        var free = Tensor.Zeros([latent.Size(0), MaskChannels, 1, latent.Size(3), latent.Size(4)], device: latent.Device);
        return scope.Keep(Tensor.Cat([free, latent], 1));
    }

    /// <summary>
    /// The condition y, [B, 20, F, h, w], fp32: a mask that is 1 at the first latent frame, then the encoding of the image followed
    /// by grey frames.
    /// </summary>
    /// <param name="vae">The VAE.</param>
    /// <param name="image">[B, 3, 1, H, W] in [-1, 1].</param>
    /// <param name="frames">Number of frames of the clip, 1 + 4n.</param>
    /// <exception cref="WanLabException">The sizes do not fit.</exception>
    internal static Tensor Build(WanVae vae, Tensor image, int frames)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var latent = vae.Condition(image, frames);
        long b = latent.Size(0), f = latent.Size(2), h = latent.Size(3), w = latent.Size(4);
        var known = Tensor.Full([b, MaskChannels, 1, h, w], 1, device: latent.Device);
        var free = Tensor.Zeros([b, MaskChannels, f - 1, h, w], device: latent.Device);
        return scope.Keep(Tensor.Cat([Tensor.Cat([known, free], 2), latent], 1));
    }
}
