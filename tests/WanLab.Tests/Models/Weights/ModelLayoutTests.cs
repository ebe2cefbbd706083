using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Torch.Safetensors;

namespace WanLab.Tests.Models.Weights;

public sealed class ModelLayoutTests : TensorTest
{
    [Fact]
    public void A_diffusers_folder_has_the_high_expert_first()
    {
        using var folder = new TempFolder();
        foreach (var name in (ReadOnlySpan<string>)["transformer/config.json", "transformer_2/x", "vae/x", "text_encoder/x",
            "tokenizer/spiece.model"]) folder.Write(name, "");

        var layout = ModelLayout.FromFolder(folder.Path);
        Assert.Equal(folder["transformer"], layout[ModelPart.High]);
        Assert.Equal(folder["transformer_2"], layout[ModelPart.Low]);
        Assert.Equal(folder["vae"], layout[ModelPart.Vae]);
        Assert.Equal(folder["text_encoder"], layout[ModelPart.TextEncoder]);
        Assert.Equal(folder["tokenizer"], layout[ModelPart.Tokenizer]);
        Assert.Equal(folder["transformer/config.json"], layout.Config(ModelPart.High));
        Assert.Null(layout.Config(ModelPart.Low));
    }

    [Fact]
    public void The_official_folder_may_keep_its_converted_files_in_a_subfolder()
    {
        using var folder = new TempFolder();
        foreach (var name in (ReadOnlySpan<string>)["high_noise_model/x", "low_noise_model/x", "google/umt5-xxl/spiece.model",
            "converted/Wan2.1_VAE.safetensors", "Wan2.1_VAE.pth", "models_t5_umt5-xxl-enc-bf16.pth"]) folder.Write(name, "");

        var layout = ModelLayout.FromFolder(folder.Path);
        Assert.Equal(folder["high_noise_model"], layout[ModelPart.High]);
        Assert.Equal(folder["low_noise_model"], layout[ModelPart.Low]);
        Assert.Equal(folder["converted/Wan2.1_VAE.safetensors"], layout[ModelPart.Vae]);
        Assert.Equal(folder["google/umt5-xxl"], layout[ModelPart.Tokenizer]);
        var e = Assert.Throws<WanLabException>(() => WeightLoader.Open(layout[ModelPart.TextEncoder], ModelKind.TextEncoder, []));
        Assert.Contains($"wanlab convert {folder["models_t5_umt5-xxl-enc-bf16.pth"]}", e.Message);
    }

    [Fact]
    public void What_is_missing_is_named_with_where_it_was_looked_for()
    {
        using var folder = new TempFolder();
        folder.Write("high_noise_model/x", "");
        var layout = ModelLayout.FromFolder(folder.Path);

        layout.Require(ModelPart.High);
        var message = Assert.Throws<WanLabException>(() => layout.Require(ModelPart.High, ModelPart.Low, ModelPart.Vae)).Message;
        Assert.Contains($"the low-noise expert: looked for the folder {folder["low_noise_model"]}", message);
        Assert.Contains($"the VAE: looked for Wan2.1_VAE.safetensors in {folder.Path}", message);
        Assert.DoesNotContain("high-noise", message);
        Assert.Contains("the tokenizer", Assert.Throws<WanLabException>(() => layout[ModelPart.Tokenizer]).Message);
    }

    [Fact]
    public void A_folder_of_neither_form_says_what_was_looked_for()
    {
        using var folder = new TempFolder();
        Assert.Contains("high_noise_model, low_noise_model (official)",
            Assert.Throws<WanLabException>(() => ModelLayout.FromFolder(folder.Path)).Message);
        Assert.Contains("no such model folder", Assert.Throws<WanLabException>(() => ModelLayout.FromFolder(folder["none"])).Message);
    }

    [Fact]
    public void Single_files_are_taken_as_given()
    {
        using var folder = new TempFolder();
        var vae = folder.Write("vae.safetensors", "");
        SafetensorsWriter.Write(folder["t5.safetensors"], [new("spiece_model", Tensor.From((byte[])[1], 1))]);

        var layout = ModelLayout.FromFiles(vae: vae, textEncoder: folder["t5.safetensors"]);
        Assert.Equal(vae, layout[ModelPart.Vae]);
        Assert.Null(layout.Config(ModelPart.Vae));
        Assert.Equal(folder["t5.safetensors"], layout[ModelPart.Tokenizer]);
        Assert.Contains("'high' among the model's files", Assert.Throws<WanLabException>(() => layout[ModelPart.High]).Message);

        var e = Assert.Throws<WanLabException>(() => ModelLayout.FromFiles(high: folder["h"], low: folder["l"], vae: vae));
        Assert.Contains($"high: {folder["h"]}; low: {folder["l"]}", e.Message);
    }
}
