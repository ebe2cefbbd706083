using WanLab.Adapters;
using WanLab.Models;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Adapters;

/// <summary>The expert that a LoRA's file is for: by its name, its folder or its metadata.</summary>
public sealed class LoraExpertTests : TensorTest, IDisposable
{
    private readonly TempFolder _folder = new();

    void IDisposable.Dispose()
    {
        _folder.Dispose();
        Dispose();
    }

    [Theory]
    [InlineData("orbit-22-H-e8", "orbit-22-L-e8")]
    [InlineData("style_HN", "style_LN")]
    [InlineData("style.hn", "style.ln")]
    [InlineData("high/adapter_model", "low/adapter_model")]
    [InlineData("orbit_high_noise/pytorch_lora", "orbit_low_noise/pytorch_lora")]
    [InlineData("e8-H/style", "e8-L/style")]
    public void Names_in_letters_and_folders_make_a_pair_where_both_files_exist(string high, string low)
    {
        var expected = new LoraPair(Make(high), Make(low));
        Assert.Equal(expected, LoraFiles.Find(_folder[high + ".safetensors"]));
        Assert.Equal(expected, LoraFiles.Find(_folder[low + ".safetensors"]));
    }

    [Theory]
    [InlineData("plan-H")]
    [InlineData("high_quality/style")]
    public void A_letter_or_a_folder_alone_says_nothing(string name)
    {
        var error = Assert.Throws<WanLabException>(() => LoraFiles.Find(Make(name))).Message;
        Assert.Contains("neither its name nor its contents say which expert it is for", error);
        Assert.Contains("--lora-high, --lora-low", error);
    }

    [Fact]
    public void A_folder_of_PEFT_may_be_given_itself()
    {
        var path = Make("low/adapter_model");
        Assert.Equal(new LoraPair(null, path), LoraFiles.Find(_folder["low"]));
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Contains("is a folder; give a file in it", Assert.Throws<WanLabException>(() => LoraFiles.Find(_folder["empty"])).Message);
    }

    [Theory]
    [InlineData("expert", "high_noise", true)]
    [InlineData("expert", "low", false)]
    [InlineData("ss_sd_model_name", "wan2.2_i2v_high_noise_14B_fp16.safetensors", true)]
    [InlineData("modelspec.title", "orbit low noise", false)]
    public void Where_the_name_is_silent_the_metadata_decides(string key, string value, bool isHigh)
    {
        var path = Make("orbit", (key, value));
        Assert.Equal(isHigh ? new LoraPair(path, null) : new LoraPair(null, path), LoraFiles.Find(path));
    }

    [Theory]
    [InlineData("900", "1000", true)]
    [InlineData("0", "900", false)]
    [InlineData("0", "1000", null)]
    [InlineData("x", "1000", null)]
    public void The_timesteps_of_musubi_tuner_name_the_expert(string from, string to, bool? isHigh)
    {
        var path = Make("orbit", ("ss_min_timestep", from), ("ss_max_timestep", to));
        if (isHigh is { } high) Assert.Equal(high ? new LoraPair(path, null) : new LoraPair(null, path), LoraFiles.Find(path));
        else Assert.Throws<WanLabException>(() => LoraFiles.Find(path));
    }

    [Fact]
    public void A_name_that_contradicts_the_metadata_is_an_error_for_either_file()
    {
        var low = Make("orbit_low_noise", ("expert", "high_noise"));
        var high = Make("orbit_high_noise");
        foreach (var given in new[] { low, high })
            Assert.Contains($"{low}: its name says low_noise, its metadata says expert: high_noise. Correct the name",
                Assert.Throws<WanLabException>(() => LoraFiles.Find(given)).Message);
    }

    [Fact]
    public void Files_given_one_by_one_are_used_as_given_with_a_note()
    {
        var path = Make("orbit_low_noise", ("expert", "low_noise"));
        var pair = LoraFiles.Of(path, path);
        Assert.Equal(new LoraPair(path, path), pair);
        Assert.Equal("orbit_low_noise.safetensors is used for the high_noise expert, but its metadata says expert: low_noise",
            Assert.Single(LoraFiles.Notes(pair)));
        Assert.Equal(new LoraPair(null, path), LoraFiles.Of(null, path));
        Assert.Contains("does not exist", Assert.Throws<WanLabException>(() => LoraFiles.Of(_folder["none"], null)).Message);
    }

    [Theory]
    [InlineData("ss_base_model_version", "wan2.2_t2v_14b", true)]
    [InlineData("modelspec.architecture", "wan2.2-text-to-video", true)]
    [InlineData("ss_base_model_version", "wan2.2_i2v_14b", false)]
    [InlineData("ss_sd_model_name", "wan2.2_ti2v_5B.safetensors", false)]
    public void A_LoRA_for_text_to_video_is_noted(string key, string value, bool noted) =>
        Assert.Equal(noted
            ? [$"t_high_noise.safetensors was made for text to video ({key}: {value}); with an image it may do less than it should"]
            : [], LoraFiles.Notes(LoraFiles.Find(Make("t_high_noise", (key, value)))));

    private string Make(string name, params (string Key, string Value)[] metadata)
    {
        var path = _folder[name + ".safetensors"];
        SafetensorsWriter.Write(path, [new("diffusion_model.blocks.0.ffn.0.lora_A.weight", Tensor.Zeros([1, 1]))],
            metadata.ToDictionary(m => m.Key, m => m.Value));
        return path;
    }
}
