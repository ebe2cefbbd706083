using WanLab.Adapters;
using WanLab.Media;
using WanLab.Models.Vae;

namespace WanLab.Sampling;

/// <summary>
/// Samples clips in two parts: <see cref="Prepare"/> needs the text encoder and the VAE and does not depend on the adapter;
/// <see cref="Run"/> needs the experts. Each part opens what it needs and frees it, so the two never share the memory.
/// </summary>
internal sealed class ImageToVideoSampler(BaseModel model)
{
    /// <summary>The model to sample from.</summary>
    public BaseModel Model { get; } = model;

    /// <summary>Encodes the texts and images of requests. All of them are checked before anything is opened.</summary>
    /// <param name="requests">The requests that will be sampled.</param>
    /// <param name="embed">Embeds a prompt to [1, T, text width]; null opens the text encoder once for all requests and frees it.</param>
    /// <param name="progress">Receives the progress of the stages Text and Image.</param>
    /// <param name="cancellation">Checked between texts and images.</param>
    /// <exception cref="WanLabException">A request is not possible, or a part of the model does not fit.</exception>
    internal IReadOnlyList<PreparedSample> Prepare(IReadOnlyList<SampleRequest> requests, Func<string, Tensor>? embed = null,
        Action<SampleProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (var request in requests) request.Check();
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var images = requests.Select(ReadImage).ToList();
        var texts = EmbedTexts(requests, embed, progress, cancellation);
        using var vae = Model.OpenVae();
        var conditions = new List<LatentConditions>();
        foreach (var (request, image) in requests.Zip(images))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(new SampleProgress(SampleStage.Image, conditions.Count, requests.Count));
            conditions.Add(new LatentConditions(
                ImageCondition.Build(vae, image, request.Video.NumFrames),
                texts[request.Prompt].Clone(),
                request.NeedsNegative() ? texts[request.Video.NegativePrompt].Clone() : null));
        }
        progress?.Invoke(new SampleProgress(SampleStage.Image, requests.Count, requests.Count));
        return [.. requests.Zip(conditions, (request, condition) => new PreparedSample(request, condition))];
    }

    /// <summary>Samples a prepared request.</summary>
    /// <param name="prepared">A result of <see cref="Prepare"/>; it can be used again.</param>
    /// <param name="experts">Opens an expert at its first step: <see cref="ExpertSource.Open"/>, or the experts that a training
    /// run holds.</param>
    /// <param name="progress">Receives the progress of the stages Load, Denoise and Decode.</param>
    /// <param name="cancellation">Checked before each step and each decoded latent frame.</param>
    /// <returns>RGB24 bytes [frames, height, width, 3].</returns>
    public byte[] Run(PreparedSample prepared, Func<Expert, SampledExpert> experts,
        Action<SampleProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var off = GradMode.Off();
        using var scope = new TensorScope();
        var (request, y) = (prepared.Request, prepared.Conditions.Y);
        using var generator = new Generator(unchecked((ulong)request.Video.Seed));
        var noise = Tensor.Randn([1, Model.Config.OutDim, y.Size(2), y.Size(3), y.Size(4)], generator).To(Model.Device);
        var total = request.Video.Steps;
        var latent = LatentSampler.Sample(request.Video, request.Boundary, prepared.Conditions, noise, Loaded,
            step => progress?.Invoke(new SampleProgress(SampleStage.Denoise, step.Step + 1, total)), cancellation);
        return Decode(request, latent, progress, cancellation);

        SampledExpert Loaded(Expert expert)
        {
            var number = expert == Expert.High ? 0 : 1;
            progress?.Invoke(new SampleProgress(SampleStage.Load, number, 2));
            return experts(expert);
        }
    }

    /// <summary>Samples one clip to a file, with its record next to it; one expert is in memory at a time.</summary>
    /// <param name="request">The clip to sample.</param>
    /// <param name="path">The .mp4 file to write.</param>
    /// <param name="loras">The adapters' files; null for the base model.</param>
    /// <param name="progress">Receives the progress of every stage.</param>
    /// <param name="cancellation">Stops the sampling between steps; nothing is written then.</param>
    /// <returns>The record that was written.</returns>
    /// <exception cref="WanLabException">The request is not possible, or a file does not fit.</exception>
    public SampleRecord Sample(SampleRequest request, string path, LoraPair? loras = null,
        Action<SampleProgress>? progress = null, CancellationToken cancellation = default)
    {
        request.Check();
        LoraFiles.Check(loras, Model);
        var record = SampleRecord.Of(Model, request, loras);
        using var prepared = Prepare([request], progress: progress, cancellation: cancellation)[0];
        using var experts = new ExpertSource(Model, expert => LoraFiles.Open(loras, expert, Model));
        var frames = Run(prepared, experts.Open, progress, cancellation);
        progress?.Invoke(new SampleProgress(SampleStage.Write, 0, 1));
        SampleFiles.Write(path, frames, record);
        progress?.Invoke(new SampleProgress(SampleStage.Write, 1, 1));
        return record;
    }

    private static Tensor ReadImage(SampleRequest request) =>
        Pixels.ToVideo(ImageReader.Read(request.Image, request.Video.Width, request.Video.Height), request.Video.Width,
            request.Video.Height);

    private Dictionary<string, Tensor> EmbedTexts(IReadOnlyList<SampleRequest> requests, Func<string, Tensor>? embed,
        Action<SampleProgress>? progress, CancellationToken cancellation)
    {
        string[] prompts =
            [.. requests.SelectMany(r => r.NeedsNegative() ? new[] { r.Prompt, r.Video.NegativePrompt } : [r.Prompt]).Distinct()];
        var embedded = new Dictionary<string, Tensor>();
        using var encoder = embed is null ? new PromptEncoder(Model) : null;
        foreach (var prompt in prompts)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Invoke(new SampleProgress(SampleStage.Text, embedded.Count, prompts.Length));
            embedded[prompt] = (embed ?? encoder!.Embed)(prompt).To(Model.Device);
        }
        progress?.Invoke(new SampleProgress(SampleStage.Text, prompts.Length, prompts.Length));
        return embedded;
    }

    private byte[] Decode(SampleRequest request, Tensor latent, Action<SampleProgress>? progress, CancellationToken cancellation)
    {
        using var vae = Model.OpenVae();
        var (done, total) = (0, (int)latent.Size(2));
        var frames = new MemoryStream(request.Video.NumFrames * request.Video.Height * request.Video.Width * 3);
        foreach (var chunk in vae.DecodeChunks(latent))
        {
            using (chunk) frames.Write(Pixels.ToBytes(chunk));
            progress?.Invoke(new SampleProgress(SampleStage.Decode, ++done, total));
            cancellation.ThrowIfCancellationRequested();
        }
        return frames.ToArray();
    }
}
