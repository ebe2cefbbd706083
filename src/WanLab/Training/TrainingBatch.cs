using WanLab.Datasets;
using WanLab.Runs;

namespace WanLab.Training;

/// <summary>Items that go through the model together. B items; F H W are latent frames, rows and columns.</summary>
/// <param name="Clean_BCFHW">Latents, [B, 16, F, H, W].</param>
/// <param name="Noise_BCFHW">Noise of the same shape.</param>
/// <param name="Condition_BCFHW">Mask and condition, [B, 20, F, H, W].</param>
/// <param name="Text_BTE">Encoded captions, [B, tokens, text width], shorter ones padded with zeros.</param>
/// <param name="ClassText_BTE">Encoded class prompts, padded in the same way; the captions' own tensor if they agree in every item;
/// null if the job preserves no class.</param>
/// <param name="Sigmas">Noise levels, one per item.</param>
/// <param name="Clips">The clips that the items come from.</param>
/// <param name="Items">The items as metrics record them.</param>
/// <param name="Position">Position in the run, from which randomness inside the model derives.</param>
internal sealed record TrainingBatch(
    Tensor Clean_BCFHW, Tensor Noise_BCFHW, Tensor Condition_BCFHW, Tensor Text_BTE, Tensor? ClassText_BTE,
    IReadOnlyList<double> Sigmas, IReadOnlyList<Clip> Clips, IReadOnlyList<TrainedItem> Items, long Position)
{
    /// <summary>Whether the class prompts are the captions themselves, which happens if captions lack the trigger word.</summary>
    public bool ClassIsCaption => ReferenceEquals(ClassText_BTE, Text_BTE);

    /// <summary>The same batch on a device.</summary>
    public TrainingBatch To(Device device)
    {
        var text = Text_BTE.To(device);
        return this with
        {
            Clean_BCFHW = Clean_BCFHW.To(device),
            Noise_BCFHW = Noise_BCFHW.To(device),
            Condition_BCFHW = Condition_BCFHW.To(device),
            Text_BTE = text,
            ClassText_BTE = ClassIsCaption ? text : ClassText_BTE?.To(device),
        };
    }
}
