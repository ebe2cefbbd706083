using WanLab.Diffusion;
using WanLab.Models.Transformer;
using WanLab.Torch;

namespace WanLab.Training;

/// <summary>
/// Sends one batch through its expert: the same noisy latents under one text or another, with the adapter or without.
/// Without it a text is sent once: where the class prompts are the captions themselves, both guidance terms share it.
/// </summary>
internal sealed class BatchPasses(ExpertTrainer expert, TrainingBatch batch, ILinearAdapter adapter)
{
    private readonly Tensor _noisy_BCFHW = FlowMatching.AddNoise(batch.Clean_BCFHW, batch.Noise_BCFHW, batch.Sigmas);
    private readonly Tensor _timestep_B = Tensor.From([.. batch.Sigmas.Select(Timestep.Of)], batch.Sigmas.Count);
    private readonly Dictionary<Tensor, Tensor> _base = [];

    /// <summary>The frozen model's prediction, without gradient, [B, 16, F, H, W].</summary>
    public Tensor Base(Tensor text_BTE)
    {
        using var off = GradMode.Off();
        if (!_base.TryGetValue(text_BTE, out var prediction))
            _base[text_BTE] = prediction = expert.Model.Forward(_noisy_BCFHW, batch.Condition_BCFHW, _timestep_B, Embed(text_BTE));
        return prediction;
    }

    /// <summary>The adapted model's forward pass, to go back through.</summary>
    public BlockwisePass Adapted(Tensor text_BTE) =>
        BlockwisePass.Forward(expert.Model, _noisy_BCFHW, batch.Condition_BCFHW, _timestep_B, Embed(text_BTE), adapter);

    private Tensor Embed(Tensor text_BTE)
    {
        using var off = GradMode.Off();
        return expert.Model.EmbedText(text_BTE);
    }
}
