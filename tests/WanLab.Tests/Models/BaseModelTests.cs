using WanLab.Models;
using WanLab.Models.Vae;
using WanLab.Models.Weights;
using WanLab.Testing;
using WanLab.Tiny.Scenes;
using WanLab.Torch;

namespace WanLab.Tests.Models;

public sealed class BaseModelTests(TinyBase tiny) : TensorTest, IClassFixture<TinyBase>
{
    private BaseModel Model => tiny.Model;

    [Fact]
    public void Experts_differ_and_predict_something_of_the_size_of_noise()
    {
        using var generator = new Generator(1);
        var x = Tensor.Randn([1, 16, 3, 8, 8], generator);
        var y = Tensor.Randn([1, 20, 3, 8, 8], generator);
        var context = Tensor.Randn([1, 5, Model.Config.TextDim], generator);
        Tensor Predict(Expert expert)
        {
            using var transformer = Model.OpenExpert(expert);
            using var off = GradMode.Off();
            return transformer.Forward(x, y, Tensor.From([950.0], 1), transformer.EmbedText(context));
        }

        Tensor high = Predict(Expert.High), low = Predict(Expert.Low);

        Assert.InRange(high.Norm([0, 1, 2, 3, 4]).Item() / Math.Sqrt(high.Count), 0.3, 3);
        Assert.True((high - low).Abs().Mean().Item() > 0.01);
    }

    [Fact]
    public void Latents_of_a_scene_have_about_mean_0_and_deviation_1()
    {
        using var vae = Model.OpenVae();
        var pixels = WanLab.Tiny.Scenes.SceneRenderer.Render(WanLab.Tiny.Scenes.SceneGenerator.Draw(99), 64, 64, 5);

        var latent = vae.Encode((Tensor.From(pixels, 1, 5, 64, 64, 3).To(DType.Float32) / 127.5 - 1).Permute(0, 4, 1, 2, 3));
        var video = vae.Decode(latent);

        Assert.Equal([1, 16, 2, 8, 8], latent.Shape);
        Assert.InRange(latent.Mean().Item(), -1, 1);
        Assert.InRange((latent * latent).Mean().Item(), 0.3, 3);
        Assert.InRange((video * video).Mean().Item(), 0.02, 0.8); // neither plain grey nor all at the limits
    }

    [Fact]
    public void Texts_are_embedded_at_the_experts_width()
    {
        using var tokenizer = Model.OpenTokenizer();
        using var encoder = Model.OpenTextEncoder();

        var tokens = tokenizer.Tokenize("a red toy house");

        Assert.Equal(Model.TextLen, tokens.Ids.Length);
        Assert.Equal([tokens.Length, Model.Config.TextDim], encoder.EncodeText(tokens.Ids, tokens.Length).Shape);
    }

    [Fact]
    public void Identities_tell_parts_and_types_apart_and_not_places()
    {
        ModelPart[] parts = Enum.GetValues<ModelPart>();
        string[] first = [.. parts.Select(Model.Identity)];
        using var other = new TinyBase();

        Assert.Equal(parts.Length, first.Distinct().Count());
        Assert.Equal(first, parts.Select(other.Model.Identity));
        Assert.NotEqual(Model.Identity(ModelPart.High),
            BaseModel.Open(Model.Layout, "x", compute: DType.BFloat16).Identity(ModelPart.High));

        var weights = Path.Combine(other.Model.Layout[ModelPart.Vae], "diffusion_pytorch_model.safetensors");
        var bytes = File.ReadAllBytes(weights);
        bytes[^1] ^= 1;
        File.WriteAllBytes(weights, bytes);
        Assert.NotEqual(Model.Identity(ModelPart.Vae),
            BaseModel.Open(other.Model.Layout, "x", compute: DType.Float32).Identity(ModelPart.Vae));
    }

    [Fact]
    public void A_job_with_parts_missing_is_told_all_of_them()
    {
        var path = new ModelPath { High = Model.Layout[ModelPart.High], Vae = Model.Layout[ModelPart.Vae] };

        var error = Assert.Throws<WanLabException>(
            () => BaseModel.FromJob(new ModelOptions { Architecture = ModelArchitecture.Wan22I2V14B, Path = path }));

        foreach (var part in (ReadOnlySpan<string>)["low-noise expert", "text encoder", "tokenizer"]) Assert.Contains(part, error.Message);
    }

    [Fact]
    public void A_job_may_name_a_folder_or_single_files_and_the_residuals_type()
    {
        var folder = new ModelOptions { Path = Path.GetDirectoryName(Model.Layout[ModelPart.High])!, Residual = ResidualPrecision.Bf16 };
        var layout = Model.Layout;
        var files = new ModelOptions
        {
            Path = new ModelPath
            {
                High = layout[ModelPart.High],
                Low = layout[ModelPart.Low],
                Vae = layout[ModelPart.Vae],
                TextEncoder = layout[ModelPart.TextEncoder],
                Tokenizer = layout[ModelPart.Tokenizer],
            },
        };

        Assert.Equal(DType.BFloat16, BaseModel.FromJob(folder).Residual);
        Assert.Equal(Model.Identity(ModelPart.High), BaseModel.FromJob(files).Identity(ModelPart.High));
    }
}
