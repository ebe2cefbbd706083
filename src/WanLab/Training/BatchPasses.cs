using WanLab.Diffusion;
using WanLab.Models.Transformer;

namespace WanLab.Training;

/// <summary>
/// Sends one batch through its expert: the same noisy latents with different texts, with or without the adapter.
/// Without the adapter each text is sent only once: if the class prompts equal the captions, both guidance terms share the result.
/// </summary>
internal sealed class BatchPasses(ExpertTrainer expert, TrainingBatch batch, ILinearAdapter adapter)
{
    private readonly Tensor _noisy_BCFHW = FlowMatching.AddNoise(batch.Clean_BCFHW, batch.Noise_BCFHW, batch.Sigmas);
    private readonly Tensor _timestep_B = Tensor.From([.. batch.Sigmas.Select(Timestep.Of)], batch.Sigmas.Count);
    private readonly Dictionary<Tensor, Tensor> _base = [];

    /// <summary>The frozen model's prediction, computed without gradient, [B, 16, F, H, W].</summary>
    public Tensor Base(Tensor text_BTE)
    {
        using var off = GradMode.Off();
        if (!_base.TryGetValue(text_BTE, out var prediction))
            _base[text_BTE] = prediction = expert.Model.Forward(_noisy_BCFHW, batch.Condition_BCFHW, _timestep_B, Embed(text_BTE));
        return prediction;
    }

    /// <summary>The forward pass of the adapted model, ready for a backward pass.</summary>
    public BlockwisePass Adapted(Tensor text_BTE) =>
        BlockwisePass.Forward(expert.Model, _noisy_BCFHW, batch.Condition_BCFHW, _timestep_B, Embed(text_BTE), adapter);

    private Tensor Embed(Tensor text_BTE)
    {
        using var off = GradMode.Off();
        return expert.Model.EmbedText(text_BTE);
    }
}
