using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Torch;

namespace WanLab.Tests.Adapters;

public sealed class LoraErrorTests : LoraFolder
{
    [Theory]
    [InlineData("lora_unet_blocks_0_self_attn_q.hada_w1_a", "LoHa weights (hada_)")]
    [InlineData("lycoris_blocks_0_self_attn_q.lokr_w1", "LoKr weights (lokr_)")]
    [InlineData("lora_unet_blocks_0_self_attn_q.dora_scale", "DoRA magnitudes (dora_scale)")]
    [InlineData("transformer.blocks.0.attn1.to_q.lora_magnitude_vector", "DoRA magnitudes (lora_magnitude_vector)")]
    [InlineData("diffusion_model.blocks.0.norm3.diff", "weight differences (diff)")]
    [InlineData("diffusion_model.blocks.0.self_attn.q.diff_b", "bias differences (diff_b)")]
    [InlineData("diffusion_model.blocks.0.diff_m", "modulation differences (diff_m)")]
    [InlineData("transformer.blocks.0.attn1.to_q.lora_B.bias", "LoRA biases (lora_B.bias)")]
    public void Other_kinds_of_adapters_are_refused_by_name(string key, string kind)
    {
        var error = Refused(Plain(RandomModules(4, 1)).Append(new(key, Tensor.Zeros([3]))));
        Assert.EndsWith($"this LoRA cannot be used.\n  1 {kind}, which are not supported (only plain LoRA is): {key}", error);
        Assert.Contains(kind, Refused([new(key, Tensor.Zeros([3]))]));
    }

    [Fact]
    public void The_alphas_of_a_LoHa_are_not_reported_as_well()
    {
        var error = Refused(
            [new("lora_unet_blocks_0_ffn_0.hada_w1_a", Tensor.Zeros([3])), new("lora_unet_blocks_0_ffn_0.alpha", Tensor.Full([], 4))]);
        Assert.EndsWith("\n  1 LoHa weights (hada_), which are not supported (only plain LoRA is): lora_unet_blocks_0_ffn_0.hada_w1_a",
            error);
    }

    [Theory]
    [InlineData("diffusion_model.time_embedding.0", "time_embedding.0", "")]
    [InlineData("transformer.condition_embedder.time_proj", "condition_embedder.time_proj", "")]
    [InlineData("lora_unet_double_blocks_0_img_attn_qkv", "double_blocks_0_img_attn_qkv", " It seems to be for FLUX or HunyuanVideo.")]
    [InlineData("lora_te1_text_model_encoder_layers_0_mlp_fc1", "lora_te1_text_model_encoder_layers_0_mlp_fc1",
        " It seems to be for an image model")]
    [InlineData("lora_unet_blocks_x_self_attn_q", "blocks_x_self_attn_q", "")]
    [InlineData("lora_unet_blocks_0_self_attn_q_extra", "blocks_0_self_attn_q_extra", "")]
    public void Layers_that_are_not_supported_are_named(string layer, string module, string hint)
    {
        var error = Refused([.. Plain(RandomModules(4, 1)), new(layer + ".lora_down.weight", Tensor.Zeros([4, 12])),
            new(layer + ".lora_up.weight", Tensor.Zeros([12, 4]))]);
        Assert.Contains("cannot be used." + hint, error);
        Assert.EndsWith($"\n  1 layers that are not supported (only the ten linear layers of Wan's blocks are): {module}", error);
    }

    [Theory]
    [InlineData("diffusion_model.blocks.0.cross_attn.k_img")]
    [InlineData("diffusion_model.blocks.1.cross_attn.v_img")]
    [InlineData("diffusion_model.img_emb.proj.1")]
    [InlineData("transformer.blocks.0.attn2.add_k_proj")]
    [InlineData("lora_unet_blocks_0_cross_attn_v_img")]
    public void Layers_for_the_image_of_an_older_model_are_left_out_with_a_note_and_the_rest_is_used(string layer)
    {
        KeyValuePair<string, Tensor>[] image =
            [new(layer + ".lora_down.weight", Tensor.Zeros([4, 12])), new(layer + ".lora_up.weight", Tensor.Zeros([12, 4]))];
        var path = File([.. Plain(RandomModules(4, 1)), .. image]);
        using var read = LoraFile.Read(path, Small);
        Assert.Contains("what it has for the image, 1 layer that Wan 2.2 I2V A14B lacks, is left out",
            Assert.Single(LoraFiles.Notes(new LoraPair(path, null))));
        using var rest = LoraFile.Read(File(Plain(RandomModules(4, 1))), Small);
        Assert.Equal(rest.Modules.Select(module => module.Name), read.Modules.Select(module => module.Name));
        Assert.Equal(2, read.Info.IgnoredKeys.Count);
        Assert.Contains("has only layers for the image of Wan 2.1 I2V", Refused(image));
    }

    [Fact]
    public void A_long_list_of_problems_is_cut_with_a_count()
    {
        var error = Refused([.. Plain(RandomModules(4, 1)),
            .. Enumerable.Range(10, 12).Select(k => KeyValuePair.Create($"diffusion_model.blocks.{k}.norm3.diff", Tensor.Zeros([1])))]);
        Assert.Contains("\n  12 weight differences", error);
        Assert.EndsWith("diffusion_model.blocks.17.norm3.diff, and 4 more", error);
    }

    [Fact]
    public void A_tensor_that_is_no_part_of_a_LoRA_is_reported() =>
        Assert.EndsWith("\n  1 tensors that are not part of a LoRA: emb_params",
            Refused([.. Plain(RandomModules(4, 1)), new("emb_params", Tensor.Zeros([1]))]));

    [Fact]
    public void Half_of_a_pair_of_matrices_is_reported_with_what_is_missing()
    {
        var tensors = Plain(RandomModules(4, 1));
        tensors.Remove("diffusion_model.blocks.0.ffn.2.lora_B.weight");
        tensors.Remove("diffusion_model.blocks.1.ffn.0.lora_A.weight");
        tensors.Remove("diffusion_model.blocks.1.self_attn.v.lora_A.weight");
        tensors.Remove("diffusion_model.blocks.1.self_attn.v.lora_B.weight");
        tensors.Add("diffusion_model.blocks.1.self_attn.v.alpha", Tensor.Full([], 4));
        var error = Refused(tensors);
        Assert.Contains("\n  1 layers without their up matrix (lora_B, lora_up): blocks.0.ffn.2", error);
        Assert.Contains("\n  1 layers without their down matrix (lora_A, lora_down): blocks.1.ffn.0", error);
        Assert.Contains("\n  1 alphas without matrices: diffusion_model.blocks.1.self_attn.v.alpha", error);
        Assert.DoesNotContain("seems", error);
    }

    [Fact]
    public void Two_keys_for_one_matrix_are_reported_together() =>
        Assert.EndsWith(
            "\n  1 keys that say the same thing twice: diffusion_model.blocks.0.ffn.0.lora_A.weight and " +
                "lora_unet_blocks_0_ffn_0.lora_down.weight",
            Refused([.. Plain(RandomModules(4, 1)), new("lora_unet_blocks_0_ffn_0.lora_down.weight", Tensor.Zeros([4, 12]))]));

    [Theory]
    [InlineData(3072, 14336, 30, "Wan 2.2 TI2V 5B (width 3072, 30 blocks)")]
    [InlineData(1536, 8960, 30, "Wan 2.1 1.3B (width 1536, 30 blocks)")]
    [InlineData(64, 128, 2, "another model (width 64, 2 blocks)")]
    public void A_LoRA_of_another_width_is_refused_with_the_model_it_seems_to_be_for(int dim, int ffn, int blocks, string model)
    {
        var other = new WanTransformerConfig { Dim = dim, FfnDim = ffn, NumLayers = blocks };
        // One linear layer of each block is enough, of rank 1 to stay small.
        var tensors = Enumerable.Range(0, blocks).SelectMany(k => (KeyValuePair<string, Tensor>[])
        [
            new($"lora_unet_blocks_{k}_ffn_0.lora_down.weight", Tensor.Zeros([1, other.Dim])),
            new($"lora_unet_blocks_{k}_ffn_0.lora_up.weight", Tensor.Zeros([other.FfnDim, 1])),
        ]);
        var error = Refused(tensors, new WanTransformerConfig());
        Assert.Contains($"cannot be used. It seems to be for {model}; this model has width 5120 and 40 blocks.\n" +
            $"  {2 * blocks} tensors of a shape that does not fit: ", error);
        Assert.Contains($"lora_unet_blocks_0_ffn_0.lora_down.weight is [1, {dim}] instead of [rank, 5120]", error);
        Assert.Contains($"lora_unet_blocks_0_ffn_0.lora_up.weight is [{ffn}, 1] instead of [13824, rank]", error);
    }

    [Fact]
    public void Blocks_beyond_those_of_the_model_are_reported()
    {
        var error = Refused(Plain(RandomModules(4, 1, Small with { NumLayers = 3 })));
        Assert.Contains("It seems to be for another model (width 12, 3 blocks); this model has width 12 and 2 blocks.\n" +
            "  10 layers beyond the model's 2 blocks: ", error);
        Assert.Contains("blocks.2.cross_attn.q", error);
        Assert.DoesNotContain("shape", error);
    }

    [Fact]
    public void Shapes_ranks_and_types_that_do_not_fit_are_reported_by_layer()
    {
        var tensors = Plain(RandomModules(4, 1));
        tensors["diffusion_model.blocks.0.self_attn.q.lora_A.weight"] = Tensor.Zeros([3, 12]);
        tensors["diffusion_model.blocks.0.self_attn.k.lora_A.weight"] = Tensor.Zeros([0, 12]);
        tensors["diffusion_model.blocks.0.self_attn.v.lora_A.weight"] = Tensor.Zeros([4, 12, 1, 1]);
        tensors["diffusion_model.blocks.0.self_attn.o.lora_A.weight"] = Tensor.Zeros([4, 12], DType.Int8);
        tensors["diffusion_model.blocks.0.ffn.0.alpha"] = Tensor.Zeros([2]);
        var error = Refused(tensors);
        Assert.Contains("\n  1 layers whose two matrices differ in rank: blocks.0.self_attn.q (3 and 4)", error);
        Assert.Contains("blocks.0.self_attn.k.lora_A.weight is [0, 12] instead of [rank, 12]", error);
        Assert.Contains("blocks.0.self_attn.v.lora_A.weight is [4, 12, 1, 1] instead of [rank, 12]", error);
        Assert.Contains("blocks.0.ffn.0.alpha is [2] instead of one number", error);
        Assert.Contains("\n  1 tensors of a type that is not supported (fp8, bf16, fp16, fp32 and fp64 are): " +
            "diffusion_model.blocks.0.self_attn.o.lora_A.weight (Int8)", error);
        Assert.DoesNotContain("seems", error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void An_alpha_of_zero_or_NaN_is_refused(double alpha) => Assert.EndsWith(
        $"\n  1 alphas that are not usable numbers: diffusion_model.blocks.0.ffn.0.alpha ({alpha})",
        Refused([.. Plain(RandomModules(4, 1)), new("diffusion_model.blocks.0.ffn.0.alpha", Tensor.Full([1], alpha))]));

    [Fact]
    public void Matrices_with_infinite_values_are_refused()
    {
        var modules = RandomModules(4, 1);
        modules[1].Up.MulInto(double.PositiveInfinity);
        Assert.Contains("\n  1 matrices with infinite or NaN values", Refused(Plain(modules)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"transformer.lora_alpha\": \"x\"}")]
    [InlineData("{\"transformer.lora_alpha\": 4, \"transformer.alpha_pattern\": {\"(\": 1}}")]
    public void Metadata_that_cannot_be_read_is_refused_with_its_file(string json)
    {
        // Layers of diffusers' naming only: elsewhere that metadata means nothing.
        var path = File(Plain(RandomModules(4, 1), "transformer."), ("lora_adapter_metadata", json));
        var error = Assert.Throws<WanLabException>(() => LoraFile.Read(path, Small));
        Assert.Contains($"{path}: its metadata 'lora_adapter_metadata' cannot be understood", error.Message);
    }

    [Fact]
    public void A_file_of_both_experts_must_hold_the_one_asked_for_and_name_an_expert_in_each_key()
    {
        var high = Plain(RandomModules(4, 1), "diffusion_model.transformer_1.");
        Assert.Contains("holds no LoRA for the low_noise expert", Refused(high, expert: Expert.Low));
        Assert.Contains("\n  40 keys without an expert in a file that holds both: diffusion_model.blocks.0",
            Refused(high.Concat(Plain(RandomModules(4, 1))), expert: Expert.High));
    }

    [Theory]
    [InlineData("model.diffusion_model.blocks.0.self_attn.q.weight", "It looks like the weights of a whole Wan transformer.")]
    [InlineData("blocks.0.attn1.to_q.weight", "It looks like the weights of a whole Wan transformer.")]
    [InlineData("encoder.embed_tokens.weight", "It looks like a text encoder.")]
    [InlineData("encoder.conv1.weight", "It looks like a VAE.")]
    [InlineData("something.alpha", "It is of no kind that WanLab knows; it holds something.alpha.")]
    [InlineData(null, "It holds no tensors.")]
    public void A_file_without_a_LoRA_is_refused_with_a_guess_of_its_kind(string? key, string guess)
    {
        KeyValuePair<string, Tensor>[] tensors = key is null ? [] : [new(key, Tensor.Zeros([1]))];
        Assert.EndsWith("lora.safetensors: is not a LoRA. " + guess, Refused(tensors));
    }

    [Fact]
    public void A_missing_LoRA_file_is_reported() =>
        Assert.Contains("no such file", Assert.Throws<WanLabException>(() => LoraFile.Read(At("none.safetensors"), Small)).Message);

    private string Refused(IEnumerable<KeyValuePair<string, Tensor>> tensors, WanTransformerConfig? config = null, Expert? expert = null)
    {
        var path = File(tensors);
        var message = Assert.Throws<WanLabException>(() => LoraFile.Read(path, config ?? Small, expert)).Message;
        Assert.StartsWith(path + ": ", message);
        return message;
    }
}
