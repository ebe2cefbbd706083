namespace WanLab.Models.Vae;

/// <summary>
/// The Wan 2.1 video autoencoder (Wan-Video/Wan2.2, wan/modules/vae2_1.py). Videos are [B, 3, T, H, W] in [-1, 1] with
/// T = 1 + 4n and H, W multiples of 8; latents are [B, 16, 1 + n, H/8, W/8], normalised per channel. Both are returned in
/// Float32 on the device of the weights, for any type of the input. Clips are processed in chunks of 1, 4, 4, ... frames, so
/// memory does not grow with their length.
/// </summary>
internal sealed class WanVae : IDisposable
{
    private readonly ModelWeights _weights;
    private readonly Encoder3d _encoder;
    private readonly Decoder3d _decoder;
    private readonly Tensor _mean; // [1, Z, 1, 1, 1], as is _std
    private readonly Tensor _std;

    /// <summary>Builds the model from its weights.</summary>
    /// <param name="weights">Tensors in Float32 under their official names, on the device to compute on; the model disposes them.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <exception cref="WanLabException">A tensor is missing or has another shape.</exception>
    internal WanVae(ModelWeights weights, WanVaeConfig config)
    {
        Config = config.Checked("VAE configuration");
        foreach (var (name, shape) in config.Shapes())
            if (!weights[name].Shape.SequenceEqual(shape))
                throw new WanLabException($"The VAE's tensor '{name}' has shape {weights[name].ShapeText}, but the configuration needs " +
                    $"[{string.Join(", ", shape)}]. Check that weights and config.json belong together.");
        Device = weights["conv1.bias"].Device;
        _weights = weights;
        _encoder = new Encoder3d(_weights, config);
        _decoder = new Decoder3d(_weights, config);
        _mean = PerChannel(config.LatentsMean);
        _std = PerChannel(config.LatentsStd);
    }

    /// <summary>Sizes of the model.</summary>
    public WanVaeConfig Config { get; }

    /// <summary>The device that the model computes on.</summary>
    public Device Device { get; }

    /// <summary>The normalised posterior mean of a video. Records no gradient.</summary>
    /// <exception cref="WanLabException">The video's size does not fit.</exception>
    public Tensor Encode(Tensor video)
    {
        using var noGrad = GradMode.Off();
        using var scope = new TensorScope();
        return scope.Keep(Normalize(EncodeMoments(video).Mean));
    }

    /// <summary>
    /// The latent that gives the transformer the first frame: the encoding of the frame followed by grey (zero) ones.
    /// </summary>
    /// <param name="firstFrame">The frame, [B, 3, 1, H, W].</param>
    /// <param name="frames">Number of frames of the whole clip, 1 + 4n.</param>
    /// <exception cref="WanLabException">The sizes do not fit.</exception>
    public Tensor Condition(Tensor firstFrame, int frames)
    {
        using var noGrad = GradMode.Off();
        using var scope = new TensorScope();
        CheckVideo(firstFrame, frames);
        if (firstFrame.Size(2) != 1)
            throw new WanLabException($"The first frame has shape {firstFrame.ShapeText}; it must be [batch, 3, 1, height, width].");
        var grey = Tensor.Zeros([1, 1, 1, 1, 1]).Expand(firstFrame.Size(0), 3, frames - 1, firstFrame.Size(3), firstFrame.Size(4));
        return scope.Keep(Normalize(Moments(firstFrame, grey).Mean));
    }

    /// <summary>The video of a normalised latent, limited to [-1, 1]. Records no gradient.</summary>
    /// <exception cref="WanLabException">The latent's shape does not fit.</exception>
    public Tensor Decode(Tensor latent)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.Cat([.. DecodeChunks(latent)], 2));
    }

    /// <summary>
    /// The video of a normalised latent, piece by piece as it is decoded: [B, 3, 1, H, W], then [B, 3, 4, H, W] for each further
    /// latent frame. The latent must live until the last piece; each piece belongs to the caller.
    /// </summary>
    /// <exception cref="WanLabException">The latent's shape does not fit.</exception>
    public IEnumerable<Tensor> DecodeChunks(Tensor latent)
    {
        CheckLatent(latent);
        return Chunks();

        IEnumerable<Tensor> Chunks()
        {
            using var cache = new FeatureCache(latent.Size(0));
            for (var t = 0L; t < latent.Size(2); t++) yield return Next(cache, t);
        }

        // No scope and no grad mode may be held while the caller's code runs.
        Tensor Next(FeatureCache cache, long t)
        {
            using var noGrad = GradMode.Off();
            using var scope = new TensorScope();
            return scope.Keep(DecodeFrame(Denormalize(latent.Narrow(2, t, 1)), cache).Clamp(-1, 1));
        }
    }

    /// <summary>
    /// Mean and log variance of the posterior of a video, both [B, 16, 1 + n, H/8, W/8], not normalised. Records what
    /// backward needs if the grad mode is on and weights require gradients.
    /// </summary>
    /// <exception cref="WanLabException">The video's size does not fit.</exception>
    public (Tensor Mean, Tensor LogVariance) EncodeMoments(Tensor video)
    {
        CheckVideo(video, video.Rank == 5 ? video.Size(2) : 0);
        using var scope = new TensorScope();
        var (mean, logVariance) = Moments(video.Narrow(2, 0, 1), video.Narrow(2, 1, video.Size(2) - 1));
        return (scope.Keep(mean), scope.Keep(logVariance));
    }

    /// <summary>
    /// The video of a latent that is not normalised, without limiting its values: the decoder's part of a training step. Records what
    /// backward needs if the grad mode is on and weights or the latent require gradients.
    /// </summary>
    /// <exception cref="WanLabException">The latent's shape does not fit.</exception>
    public Tensor DecodeRaw(Tensor latent)
    {
        CheckLatent(latent);
        using var scope = new TensorScope();
        using var cache = new FeatureCache(latent.Size(0));
        return scope.Keep(
            Tensor.Cat([.. Enumerable.Range(0, (int)latent.Size(2)).Select(t => DecodeFrame(latent.Narrow(2, t, 1), cache))], 2));
    }

    /// <summary>(z - mean) / std per channel: from a posterior's latent to the latent that the transformer sees.</summary>
    public Tensor Normalize(Tensor z)
    {
        using var scope = new TensorScope();
        return scope.Keep((z.To(Device, DType.Float32) - _mean) / _std);
    }

    /// <summary>z * std + mean per channel, the inverse of <see cref="Normalize"/>.</summary>
    public Tensor Denormalize(Tensor z)
    {
        using var scope = new TensorScope();
        return scope.Keep(z.To(Device, DType.Float32) * _std + _mean);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        _mean.Dispose();
        _std.Dispose();
    }

    // first: [B, 3, 1, H, W]; rest: [B, 3, 4n, H, W].
    private (Tensor Mean, Tensor LogVariance) Moments(Tensor first, Tensor rest)
    {
        using var scope = new TensorScope();
        var (batch, step) = (first.Size(0), Config.TemporalFactor);
        using var cache = new FeatureCache(batch);
        List<Tensor> latents = [EncodeChunk(first, cache)];
        for (var t = 0L; t < rest.Size(2); t += step) latents.Add(EncodeChunk(rest.Narrow(2, t, step), cache));
        var moments = Tensor.Cat([.. latents], 2).Chunk(2, 1);
        return (scope.Keep(moments[0]), scope.Keep(moments[1]));
    }

    private Tensor EncodeChunk(Tensor video, FeatureCache cache)
    {
        using var scope = new TensorScope();
        return scope.Keep(FromFrames(_encoder.Forward(ToFrames(video), cache), cache.Batch));
    }

    private Tensor DecodeFrame(Tensor z, FeatureCache cache)
    {
        using var scope = new TensorScope();
        return scope.Keep(FromFrames(_decoder.Forward(ToFrames(z), cache), cache.Batch));
    }

    // [B, C, T, H, W] to [T * B, C, H, W].
    private Tensor ToFrames(Tensor x)
    {
        using var scope = new TensorScope();
        var frames = x.To(Device, DType.Float32).Permute(2, 0, 1, 3, 4).Reshape(x.Size(2) * x.Size(0), x.Size(1), x.Size(3), x.Size(4));
        return scope.Keep(frames.ChannelsLast());
    }

    // [T * B, C, H, W] to [B, C, T, H, W].
    private static Tensor FromFrames(Tensor x, long batch)
    {
        using var scope = new TensorScope();
        var video = x.View(x.Size(0) / batch, batch, x.Size(1), x.Size(2), x.Size(3)).Permute(1, 2, 0, 3, 4);
        return scope.Keep(video.Contiguous());
    }

    private void CheckVideo(Tensor video, long frames)
    {
        var (space, time) = (Config.SpatialFactor, Config.TemporalFactor);
        if (video.Rank != 5 || video.Size(1) != 3)
            throw new WanLabException($"The video has shape {video.ShapeText}; it must be [batch, 3, frames, height, width].");
        if (frames < 1) throw new WanLabException("The video has no frame.");
        if ((frames - 1) % time != 0)
            throw new WanLabException($"The video has {frames} frames; the VAE needs 1 + {time}n of them: " +
                $"take {frames - (frames - 1) % time} or {frames - (frames - 1) % time + time}.");
        if (video.Size(3) % space != 0 || video.Size(4) % space != 0 || video.Size(3) == 0 || video.Size(4) == 0)
            throw new WanLabException(
                $"The video is {video.Size(4)}x{video.Size(3)}; width and height must be multiples of {space}: scale or crop it.");
    }

    private void CheckLatent(Tensor latent)
    {
        if (latent.Rank != 5 || latent.Size(1) != Config.ZDim || latent.Count == 0)
            throw new WanLabException(
                $"The latent has shape {latent.ShapeText}; it must be [batch, {Config.ZDim}, frames, height, width].");
    }

    private Tensor PerChannel(IReadOnlyList<double> values)
    {
        using var scope = new TensorScope();
        float[] numbers = [.. values.Select(v => (float)v)];
        return TensorScope.Detach(Tensor.From(numbers, 1, numbers.Length, 1, 1, 1).To(Device));
    }
}
