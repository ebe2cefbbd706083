using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Models.Weights;
using WanLab.Tiny.Scenes;
using WanLab.Torch;

namespace WanLab.Tests.Adapters;

public sealed class LoraReadTests : LoraFolder
{
    private const int Rank = 4;

    // Each naming: its keys for a module, and whether it carries alpha.
    private static readonly Dictionary<string, (Func<string, string> Module, string Down, string Up, string Naming)> Styles = new()
    {
        ["comfy A/B"] = (m => $"diffusion_model.{m}", "lora_A.weight", "lora_B.weight", "ComfyUI"),
        ["comfy down/up"] = (m => $"diffusion_model.{m}", "lora_down.weight", "lora_up.weight", "ComfyUI"),
        ["diffusers"] = (m => $"transformer.{TransformerNames.Map.ToDiffusers(m)}", "lora_A.weight", "lora_B.weight", "diffusers"),
        ["kohya"] = (m => $"lora_unet_{m.Replace('.', '_')}", "lora_down.weight", "lora_up.weight", "kohya"),
        ["kohya, diffusers names"] = (m => $"lora_unet_{TransformerNames.Map.ToDiffusers(m)!.Replace('.', '_')}", "lora_down.weight",
            "lora_up.weight", "kohya"),
        ["fun"] = (m => $"lora_unet__{m.Replace('.', '_')}", "lora_down.weight", "lora_up.weight", "Wan-Fun"),
        ["lycoris"] = (m => $"lycoris_{m.Replace('.', '_')}", "lora_down.weight", "lora_up.weight", "LyCORIS"),
        ["diffsynth"] = (m => m, "lora_A.default.weight", "lora_B.default.weight", "DiffSynth"),
        ["diffsynth, prefixed"] = (m => $"pipe.dit.{m}", "lora_A.default.weight", "lora_B.default.weight", "DiffSynth"),
        ["bare"] = (m => m, "lora_A.weight", "lora_B.weight", "DiffSynth"),
    };

    public static TheoryData<string, double?> All()
    {
        var data = new TheoryData<string, double?>();
        foreach (var style in Styles.Keys)
            foreach (var alpha in (double?[])[null, Rank, 1, 6])
                data.Add(style, alpha);
        return data;
    }

    [Theory, MemberData(nameof(All))]
    public void Every_naming_gives_the_same_update(string style, double? alpha)
    {
        var expected = RandomModules(Rank, (alpha ?? Rank) / Rank);
        var read = LoraFile.Read(File(Tensors(style, expected, alpha)), Small);
        SameDeltas(expected, read.Modules, 0);
        Assert.All(read.Modules, m => Assert.Equal((DType.Float32, DType.Float32), (m.Down.DType, m.Up.DType)));
        Assert.Equal(Styles[style].Naming, read.Info.Naming);
        Assert.Equal([Rank], read.Info.Ranks);
        Assert.Equal([DType.Float32], read.Info.DTypes);
        Assert.Empty(read.Info.IgnoredKeys);
    }

    [Fact]
    public void No_two_layers_share_a_flattened_name()
    {
        foreach (var (style, (module, down, up, _)) in Styles)
            for (var block = 0; block < 40; block++)
                foreach (var linear in WanLab.Models.Transformer.WanTransformerConfig.BlockLinears)
                {
                    var name = $"blocks.{block}.{linear}";
                    var (a, b) = (LoraKey.Parse($"{module(name)}.{down}"), LoraKey.Parse($"{module(name)}.{up}"));
                    Assert.Equal((style, name, LoraPart.Down), (style, a.Layer?.Name, a.Part!.Value));
                    Assert.Equal((style, name, LoraPart.Up), (style, b.Layer?.Name, b.Part!.Value));
                }
    }

    [Fact]
    public void Part_of_the_layers_is_enough_and_comes_in_the_order_of_the_model()
    {
        var modules = RandomModules(Rank, 1)
            .Where(m => m.Name is "blocks.1.ffn.2" or "blocks.1.self_attn.k" or "blocks.0.cross_attn.o")
            .ToList();
        var read = LoraFile.Read(File(Plain(Enumerable.Reverse(modules))), Small);
        Assert.Equal(["blocks.0.cross_attn.o", "blocks.1.self_attn.k", "blocks.1.ffn.2"], read.Modules.Select(m => m.Name));
    }

    [Theory]
    [InlineData("{\"transformer.r\": 4, \"transformer.lora_alpha\": 6}", 1.5, 1.5)]
    [InlineData("{\"transformer.r\": 4, \"transformer.lora_alpha\": 6, \"transformer.use_rslora\": true}", 3, 3)]
    [InlineData("{\"transformer.lora_alpha\": 6, \"transformer.alpha_pattern\": {\"attn1.to_k\": 2, \"blocks.1.ffn.net.2\": 9}}", 0.5, 1.5)]
    [InlineData("{\"transformer.lora_alpha\": 6, \"transformer.alpha_pattern\": {\"to_k|to_v\": 1}}", 0.25, 1.5)]
    [InlineData("{\"text_encoder.lora_alpha\": 6}", 1, 1)]
    public void The_metadata_of_diffusers_sets_alpha_by_layer(string json, double selfK, double ffn)
    {
        var modules = RandomModules(Rank, 1);
        var scales = LoraFile.Read(File(Tensors("diffusers", modules, null), ("lora_adapter_metadata", json)), Small).Modules.ToDictionary(
            m => m.Name, m => m.Scale);
        Assert.Equal(selfK, scales["blocks.0.self_attn.k"]);
        Assert.Equal(ffn, scales["blocks.0.ffn.2"]);
    }

    [Fact]
    public void An_alpha_tensor_counts_more_than_metadata_and_other_namings_ignore_the_metadata()
    {
        var modules = RandomModules(Rank, 1);
        var metadata = ("lora_adapter_metadata", "{\"transformer.lora_alpha\": 6}");
        Assert.All(LoraFile.Read(File(Tensors("diffusers", modules, 2), metadata), Small).Modules, m => Assert.Equal(0.5, m.Scale));
        Assert.All(LoraFile.Read(File(Tensors("comfy A/B", modules, null), metadata), Small).Modules, m => Assert.Equal(1, m.Scale));
    }

    [Fact]
    public void Half_precision_is_read_exactly_and_its_types_are_listed()
    {
        var modules = RandomModules(Rank, 1);
        var tensors = Plain(modules).ToDictionary(t => t.Key, t => t.Value.To(t.Key.Contains("lora_A") ? DType.BFloat16 : DType.Float16));
        var read = LoraFile.Read(File(tensors, ("ss_network_dim", "4")), Small);
        foreach (var (a, b) in modules.Zip(read.Modules))
        {
            Assert.True(b.Down.EqualTo(a.Down.To(DType.BFloat16).To(DType.Float32)));
            Assert.True(b.Up.EqualTo(a.Up.To(DType.Float16).To(DType.Float32)));
        }
        Assert.Equal([DType.Float16, DType.BFloat16], read.Info.DTypes);
        Assert.Equal("4", read.Info.Metadata["ss_network_dim"]);
    }

    [Fact]
    public void Tensors_that_were_read_outlive_the_file()
    {
        var modules = RandomModules(Rank, 1);
        var path = File(Plain(modules));
        using var read = LoraFile.Read(path, Small);
        System.IO.File.WriteAllBytes(path, []);
        SameDeltas(modules, read.Modules, 0);
    }

    [Theory]
    [InlineData("diffusion_model.")]
    [InlineData("transformer.")]
    [InlineData("")]
    public void A_file_of_both_experts_gives_the_one_asked_for(string prefix)
    {
        var high = RandomModules(Rank, 1);
        var low = RandomModules(Rank, 1).ConvertAll(m => m with { Up = m.Up * 2 });
        var path = File(Plain(high, prefix + "transformer_1.").Concat(Plain(low, prefix + "transformer_2.")));
        SameDeltas(high, LoraFile.Read(path, Small, Expert.High).Modules, 0);
        var read = LoraFile.Read(path, Small, Expert.Low);
        SameDeltas(low, read.Modules, 0);
        Assert.Equal(40, read.Info.IgnoredKeys.Count);
        Assert.All(read.Info.IgnoredKeys, key => Assert.StartsWith(prefix + "transformer_1.", key));

        var error = Assert.Throws<WanLabException>(() => LoraFile.Read(path, Small));
        Assert.Contains("holds the LoRAs of both experts (transformer_1 is high noise, transformer_2 low noise). Say which one",
            error.Message);
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Tensors(string style, IEnumerable<LoraModule> modules, double? alpha)
    {
        var (name, down, up, _) = Styles[style];
        foreach (var module in modules)
        {
            yield return new($"{name(module.Name)}.{down}", module.Down);
            yield return new($"{name(module.Name)}.{up}", module.Up);
            if (alpha is { } value) yield return new($"{name(module.Name)}.alpha", Tensor.Full([], value, DType.BFloat16));
        }
    }
}
