using WanLab.Models;

namespace WanLab.Tests.Models;

public sealed class ModelCheckTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_embedded_model_has_no_problems() => Assert.Empty(ModelCheck.Problems(new ModelOptions()));

    [Fact]
    public void Every_part_that_cannot_be_used_is_reported_at_once()
    {
        _folder.Write("high_noise_model/model.gguf", "GGUF");
        _folder.Write("low_noise_model/diffusion_pytorch_model.safetensors", "<!DOCTYPE html>");
        _folder.Write("Wan2.1_VAE.pth", "PK\u0003\u0004");
        _folder.Write("models_t5_umt5-xxl-enc-bf16.pth", "PK\u0003\u0004");
        var options = new ModelOptions { Architecture = ModelArchitecture.Wan22I2V14B, Path = _folder.Path };

        var problems = ModelCheck.Problems(options);
        Assert.Collection(problems,
            high => Assert.Contains("is a GGUF file", high),
            low => Assert.Contains("is a web page", low),
            vae => Assert.Contains($"wanlab convert {_folder["Wan2.1_VAE.pth"]}", vae),
            text => Assert.Contains($"wanlab convert {_folder["models_t5_umt5-xxl-enc-bf16.pth"]}", text),
            tokenizer => Assert.Contains("the tokenizer: looked for the folder", tokenizer));
        var error = Assert.Throws<WanLabException>(() => ModelCheck.Require(options)).Message;
        Assert.StartsWith("The model has 5 problems:\n- ", error);
    }

    [Fact]
    public void Missing_files_and_a_file_in_place_of_a_folder_are_reported()
    {
        var file = _folder.Write("x.gguf", "GGUF");
        Assert.Contains("is a file; a model has four",
            Assert.Single(ModelCheck.Problems(new() { Architecture = ModelArchitecture.Wan22I2V14B, Path = file })));
        Assert.Contains("no such model folder",
            Assert.Single(ModelCheck.Problems(new() { Architecture = ModelArchitecture.Wan22I2V14B, Path = _folder["none"] })));
        Assert.Contains("model.path is missing",
            Assert.Single(ModelCheck.Problems(new() { Architecture = ModelArchitecture.Wan22I2V14B })));
    }
}
