namespace WanLab.Models.Weights;

/// <summary>
/// Names of the Wan VAE's tensors in the official code and in diffusers, for four stages of two residual blocks (three in
/// the decoder). Source: diffusers scripts/convert_wan_to_diffusers.py.
/// </summary>
internal static class VaeNames
{
    private const int Stages = 4;

    internal static readonly NameMap Map = new([
        ("conv1", "quant_conv"),
        ("conv2", "post_quant_conv"),
        .. Coder("encoder"),
        .. Coder("decoder"),
        .. Residual("encoder.downsamples.#", "encoder.down_blocks.#"),
        .. Resample("encoder.downsamples.#", "encoder.down_blocks.#"),
        .. Upsamples(),
    ]);

    private static IEnumerable<(string, string)> Coder(string coder) =>
    [
        ($"{coder}.conv1", $"{coder}.conv_in"),
        ($"{coder}.head.0", $"{coder}.norm_out"),
        ($"{coder}.head.2", $"{coder}.conv_out"),
        .. Residual($"{coder}.middle.0", $"{coder}.mid_block.resnets.0"),
        ($"{coder}.middle.1", $"{coder}.mid_block.attentions.0"),
        .. Residual($"{coder}.middle.2", $"{coder}.mid_block.resnets.1"),
    ];

    // Officially one running number; in diffusers a stage holds three residual blocks and, except for the last stage, an upsampler.
    private static IEnumerable<(string, string)> Upsamples()
    {
        for (var stage = 0; stage < Stages; stage++)
        {
            for (var block = 0; block < 3; block++)
                foreach (var rule in Residual($"decoder.upsamples.{4 * stage + block}", $"decoder.up_blocks.{stage}.resnets.{block}"))
                    yield return rule;
            if (stage == Stages - 1) continue;
            foreach (var rule in Resample($"decoder.upsamples.{4 * stage + 3}", $"decoder.up_blocks.{stage}.upsamplers.0"))
                yield return rule;
        }
    }

    private static IEnumerable<(string, string)> Residual(string official, string diffusers) =>
    [
        ($"{official}.residual.0", $"{diffusers}.norm1"),
        ($"{official}.residual.2", $"{diffusers}.conv1"),
        ($"{official}.residual.3", $"{diffusers}.norm2"),
        ($"{official}.residual.6", $"{diffusers}.conv2"),
        ($"{official}.shortcut", $"{diffusers}.conv_shortcut"),
    ];

    private static IEnumerable<(string, string)> Resample(string official, string diffusers) =>
        [($"{official}.resample.1", $"{diffusers}.resample.1"), ($"{official}.time_conv", $"{diffusers}.time_conv")];
}
