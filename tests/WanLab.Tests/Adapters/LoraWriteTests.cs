using System.Runtime.InteropServices;
using WanLab.Adapters;
using WanLab.Models;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Adapters;

public sealed class LoraWriteTests : LoraFolder
{
    [Fact]
    public void Written_keys_types_and_metadata_are_those_that_ComfyUI_reads()
    {
        var path = At("a.safetensors");
        LoraFile.Write(path, Adapter(RandomModules(4, 0.5)), DType.BFloat16, new Dictionary<string, string> { ["step"] = "250" });
        var file = SafetensorsFile.Open(path);
        string[] linears = ["self_attn.q", "self_attn.k", "self_attn.v", "self_attn.o", "cross_attn.q", "cross_attn.k", "cross_attn.v",
            "cross_attn.o", "ffn.0", "ffn.2"];
        var expected = from block in (int[])[0, 1]
                       from linear in linears
                       from part in (string[])["lora_A", "lora_B"]
                       select $"diffusion_model.blocks.{block}.{linear}.{part}.weight";
        Assert.Equal(expected.Order(), file.Entries.Keys.Order());
        Assert.All(file.Entries.Values, e => Assert.Equal(DType.BFloat16, e.DType));
        Assert.Equal([4, 12], file.Entries["diffusion_model.blocks.1.ffn.0.lora_A.weight"].Shape);
        Assert.Equal([20, 4], file.Entries["diffusion_model.blocks.1.ffn.0.lora_B.weight"].Shape);
        Assert.Equal("250", file.Metadata["step"]);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.25, 0)]
    [InlineData(8.0, 0)]
    [InlineData(0.75, 1e-6)]
    [InlineData(1.0 / 3, 1e-6)]
    public void The_scale_is_folded_into_the_up_matrix_so_that_the_update_stays(double scale, double tolerance)
    {
        var modules = RandomModules(4, scale);
        var path = At("a.safetensors");
        LoraFile.Write(path, Adapter(modules), DType.Float32);
        var read = LoraFile.Read(path, Small);
        Assert.All(read.Modules, m => Assert.Equal(1, m.Scale));
        Assert.All(modules.Zip(read.Modules), pair => Assert.True(pair.First.Down.EqualTo(pair.Second.Down)));
        SameDeltas(modules, read.Modules, tolerance);

        LoraFile.WriteDiffusers(path, Adapter(modules), DType.Float32);
        SameDeltas(modules, LoraFile.Read(path, Small).Modules, tolerance);
    }

    [Fact]
    public void Rounding_to_bf16_comes_after_the_scale()
    {
        const double scale = 0.7;
        var modules = RandomModules(4, scale);
        var path = At("a.safetensors");
        LoraFile.Write(path, Adapter(modules), DType.BFloat16);
        var file = SafetensorsFile.Open(path);
        foreach (var module in modules)
        {
            Assert.Equal(module.Down.ToArray<float>().Select(Rounded), Bits(file.Read($"diffusion_model.{module.Name}.lora_A.weight")));
            Assert.Equal(module.Up.ToArray<float>().Select(v => Rounded(v * (float)scale)),
                Bits(file.Read($"diffusion_model.{module.Name}.lora_B.weight")));
        }

        // Nearest, ties to even.
        static ushort Rounded(float value)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
        }

        static ushort[] Bits(Tensor tensor)
        {
            var bytes = new byte[tensor.Bytes];
            tensor.ReadBytes(bytes);
            return MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
        }
    }

    [Fact]
    public void Keys_for_diffusers_are_those_that_diffusers_reads()
    {
        var path = At("a.safetensors");
        LoraFile.WriteDiffusers(path, Adapter(RandomModules(4, 1)), DType.Float16);
        string[] linears = ["attn1.to_q", "attn1.to_k", "attn1.to_v", "attn1.to_out.0", "attn2.to_q", "attn2.to_k", "attn2.to_v",
            "attn2.to_out.0", "ffn.net.0.proj", "ffn.net.2"];
        var expected = from block in (int[])[0, 1]
                       from linear in linears
                       from part in (string[])["lora_A", "lora_B"]
                       select $"transformer.blocks.{block}.{linear}.{part}.weight";
        Assert.Equal(expected.Order(), SafetensorsFile.Open(path).Entries.Keys.Order());
        Assert.Equal("diffusers", LoraFile.Read(path, Small).Info.Naming);
    }

    [Fact]
    public void Mixed_ranks_stay_in_the_form_of_ComfyUI_and_are_padded_for_diffusers()
    {
        var modules = RandomModules(2, 0.5).Take(10).Concat(RandomModules(5, 2).Skip(10)).ToList();
        var path = At("a.safetensors");
        LoraFile.Write(path, Adapter(modules), DType.Float32);
        Assert.Equal([2, 5], LoraFile.Read(path, Small).Info.Ranks);
        LoraFile.WriteDiffusers(path, Adapter(modules), DType.Float32);
        var read = LoraFile.Read(path, Small);
        Assert.Equal([5], read.Info.Ranks);
        SameDeltas(modules, read.Modules, 0);
    }

    [Fact]
    public void Metadata_that_would_scale_twice_is_left_out()
    {
        var path = At("a.safetensors");
        var metadata = new Dictionary<string, string> { ["lora_adapter_metadata"] = "{\"transformer.lora_alpha\": 8}", ["job"] = "orbit" };
        LoraFile.WriteDiffusers(path, Adapter(RandomModules(4, 2)), DType.Float32, metadata);
        Assert.Equal(["job", "modelspec.hash_sha256", "sshs_model_hash"], LoraFile.Read(path, Small).Info.Metadata.Keys);
    }

    [Fact]
    public void Values_that_cannot_be_stored_are_refused_and_the_old_file_stays()
    {
        var path = At("a.safetensors");
        var modules = RandomModules(4, 1);
        LoraFile.Write(path, Adapter(modules), DType.Float16);
        var before = System.IO.File.ReadAllBytes(path);

        modules[3].Up.MulInto(1e6);
        var error = Assert.Throws<WanLabException>(() => LoraFile.Write(path, Adapter(modules), DType.Float16));
        Assert.Contains("blocks.0.self_attn.o.lora_B.weight would hold infinite or NaN values", error.Message);
        Assert.Contains("save as bf16", error.Message);
        Assert.Equal(before, System.IO.File.ReadAllBytes(path));
        LoraFile.Write(path, Adapter(modules), DType.BFloat16);

        modules[0].Down.MulInto(double.NaN);
        error = Assert.Throws<WanLabException>(() => LoraFile.Write(path, Adapter(modules), DType.Float32));
        Assert.Contains("blocks.0.self_attn.q.lora_A.weight", error.Message);
        Assert.DoesNotContain("fp16", error.Message);

        Assert.Contains("not as Float64",
            Assert.Throws<WanLabException>(() => LoraFile.Write(path, Adapter(RandomModules(4, 1)), DType.Float64)).Message);
    }
}
