using WanLab.Adapters;
using WanLab.Models;
using WanLab.Models.Weights;
using WanLab.Torch;

namespace WanLab.Tests.Adapters;

/// <summary>LoRA files as other tools leave them.</summary>
public sealed class LoraKindsTests : LoraFolder
{
    private const int Rank = 4;

    [Theory]
    [InlineData(DType.Int64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int16)]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Float16)]
    [InlineData(DType.Float64)]
    public void An_alpha_may_be_any_number(DType dtype)
    {
        var tensors = Plain(RandomModules(Rank, 1));
        tensors["diffusion_model.blocks.0.ffn.0.alpha"] = Tensor.Full([], 8).To(dtype);
        tensors["diffusion_model.blocks.0.ffn.2.alpha"] = Tensor.Full([1, 1], 2).To(dtype);
        var scales = LoraFile.Read(File(tensors), Small).Modules.ToDictionary(m => m.Name, m => m.Scale);
        Assert.Equal((2, 0.5, 1), (scales["blocks.0.ffn.0"], scales["blocks.0.ffn.2"], scales["blocks.0.self_attn.q"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_of_PEFT_take_their_scale_from_the_config_next_to_them(bool diffusers)
    {
        var modules = RandomModules(Rank, 2);
        var path = File(Peft(modules, diffusers));
        System.IO.File.WriteAllText(At("adapter_config.json"),
            """{"peft_type": "LORA", "r": 4, "lora_alpha": 8, "alpha_pattern": {}, "use_rslora": false, "use_dora": false}""");
        var read = LoraFile.Read(path, Small);
        SameDeltas(modules, read.Modules, 0);
        Assert.Equal("PEFT", read.Info.Naming);

        System.IO.File.WriteAllText(At("adapter_config.json"),
            """{"peft_type": "LORA", "lora_alpha": 8, "use_rslora": true, "alpha_pattern": {"ffn.0|ffn.net.0.proj": 1}}""");
        var scales = LoraFile.Read(path, Small).Modules.ToDictionary(m => m.Name, m => m.Scale);
        Assert.Equal((4, 0.5), (scales["blocks.1.self_attn.k"], scales["blocks.1.ffn.0"]));
    }

    [Fact]
    public void Without_its_config_the_scale_of_a_PEFT_file_is_unknown()
    {
        var path = File(Peft(RandomModules(Rank, 1), diffusers: false));
        var error = Assert.Throws<WanLabException>(() => LoraFile.Read(path, Small)).Message;
        Assert.Contains("whose scale is unknown: PEFT writes it into adapter_config.json, which is not next to this file; put it there",
            error);
    }

    [Theory]
    [InlineData("""{"lora_alpha": 8, "use_dora": true}""", "says use_dora: that is another kind of adapter")]
    [InlineData("""{"lora_alpha": 8, "peft_type": "LOHA"}""", "is of the kind LOHA")]
    [InlineData("""{"lora_alpha": "x"}""", "adapter_config.json cannot be understood")]
    [InlineData("""{"lora_alpha": """, "adapter_config.json cannot be understood")]
    public void A_config_of_PEFT_that_does_not_fit_is_refused(string config, string why)
    {
        var path = File(Peft(RandomModules(Rank, 1), diffusers: false));
        System.IO.File.WriteAllText(At("adapter_config.json"), config);
        Assert.Contains(why, Assert.Throws<WanLabException>(() => LoraFile.Read(path, Small)).Message);
    }

    [Fact]
    public void Matrices_in_8_bits_are_decoded()
    {
        // 0x38 is 1 in E4M3, 0x40 is 2.
        using var folder = new TempFolder();
        var path = folder.WriteRaw("x.safetensors",
            ("diffusion_model.blocks.0.self_attn.q.lora_A.weight", "F8_E4M3", [1, 12], [.. Enumerable.Repeat((byte)0x38, 12)]),
            ("diffusion_model.blocks.0.self_attn.q.lora_B.weight", "F8_E4M3", [12, 1], [.. Enumerable.Repeat((byte)0x40, 12)]),
            ("diffusion_model.blocks.0.self_attn.q.alpha", "F8_E4M3", [], [0x40]));
        var module = Assert.Single(LoraFile.Read(path, Small).Modules);
        Assert.True(module.Down.EqualTo(Tensor.Full([1, 12], 1)));
        Assert.True(module.Up.EqualTo(Tensor.Full([12, 1], 2)));
        Assert.Equal(2, module.Scale);
    }

    [Fact]
    public void A_file_of_diffusers_for_both_experts_has_the_high_one_under_transformer()
    {
        var high = RandomModules(Rank, 1);
        var low = RandomModules(Rank, 1).ConvertAll(m => m with { Up = m.Up * 2 });
        var path = File(Named(high, "transformer.").Concat(Named(low, "transformer_2.")),
            ("lora_adapter_metadata", """{"transformer.lora_alpha": 8, "transformer_2.lora_alpha": 4}"""));
        SameDeltas(high.ConvertAll(m => m with { Scale = 2 }), LoraFile.Read(path, Small, Expert.High).Modules, 0);
        SameDeltas(low, LoraFile.Read(path, Small, Expert.Low).Modules, 0);
        Assert.Equal(new LoraPair(path, path), LoraFiles.Find(path));
    }

    [Fact]
    public void A_file_that_holds_one_expert_of_two_is_used_for_that_one()
    {
        var path = File(Named(RandomModules(Rank, 1), "transformer_2."));
        Assert.Equal(new LoraPair(null, path), LoraFiles.Find(path));
    }

    [Fact]
    public void The_names_of_musubi_tuner_read_back_as_the_same_update()
    {
        var modules = RandomModules(Rank, 0.5);
        LoraFile.WriteMusubi(At("m.safetensors"), Adapter(modules), DType.Float32);
        var read = LoraFile.Read(At("m.safetensors"), Small);
        SameDeltas(modules, read.Modules, 1e-6);
        Assert.Equal("kohya", read.Info.Naming);
        Assert.All(read.Modules, m => Assert.Equal(1, m.Scale));
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(IEnumerable<LoraModule> modules, string prefix) =>
        Plain(modules.Select(m => m with { Name = TransformerNames.Map.ToDiffusers(m.Name)! }), prefix);

    private static IEnumerable<KeyValuePair<string, Tensor>> Peft(IEnumerable<LoraModule> modules, bool diffusers) =>
        diffusers ? Named(modules, "base_model.model.") : Plain(modules, "base_model.model.");
}
