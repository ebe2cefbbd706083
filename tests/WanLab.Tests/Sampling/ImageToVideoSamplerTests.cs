using WanLab.Adapters;
using WanLab.Diffusion;
using WanLab.Media;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Sampling;
using WanLab.Testing;
using WanLab.Tiny.Scenes;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;

namespace WanLab.Tests.Sampling;

public sealed class ImageToVideoSamplerTests(TinyBase tiny) : TensorTest, IClassFixture<TinyBase>
{
    private readonly ImageToVideoSampler _sampler = new(tiny.Model);

    [Fact]
    public void A_clip_has_the_size_and_length_asked_for_and_is_the_same_again()
    {
        using var scene = new SampleScene();

        var record = _sampler.Sample(scene.Request, scene["a.mp4"]);
        _sampler.Sample(scene.Request, scene["b/c.mp4"]);
        _sampler.Sample(scene.Request with { Video = scene.Request.Video with { Seed = 43 } }, scene["d.mp4"]);

        var info = VideoProbe.Probe(scene["a.mp4"]);
        Assert.Equal((48, 32, 5, 16), (info.Width, info.Height, info.FrameCount, (int)Math.Round(info.Fps)));
        Assert.Equal(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["b/c.mp4"]));
        Assert.Equal(File.ReadAllBytes(scene["a.json"]), File.ReadAllBytes(scene["b/c.json"]));
        Assert.NotEqual(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["d.mp4"]));
        Assert.Equal("wan-tiny", record.Model);
    }

    [Fact]
    public void A_record_read_back_makes_the_same_clip()
    {
        using var scene = new SampleScene();
        var written = _sampler.Sample(scene.Request with { Video = scene.Request.Video with { NegativePrompt = "模糊 \"blurry\"" } },
            scene["a.mp4"]);

        var read = SampleFiles.Read(scene["a.mp4"]);
        var again = new ImageToVideoSampler(read.OpenModel(Device.Cpu)).Sample(read.Request, scene["b.mp4"], read.Loras());

        Assert.Equal(written.Request, read.Request);
        Assert.Empty(read.Differences(again));
        Assert.Equal(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["b.mp4"]));
        Assert.Equal(File.ReadAllText(scene["a.json"]), File.ReadAllText(scene["b.json"]));
    }

    [Fact]
    public void A_record_of_a_quantised_model_makes_the_same_clip()
    {
        using var scene = new SampleScene();
        var quantization = new QuantizationOptions
        {
            Transformer = TransformerQuantization.UInt4Ara,
            TextEncoder = TextEncoderQuantization.Float8,
        };
        new ImageToVideoSampler(tiny.Model.WithPacking(WeightQuantization.Of(quantization))).Sample(scene.Request, scene["a.mp4"]);

        var read = SampleFiles.Read(scene["a.mp4"]);
        var again = new ImageToVideoSampler(read.OpenModel(Device.Cpu)).Sample(read.Request, scene["b.mp4"]);
        var whole = _sampler.Sample(read.Request, scene["c.mp4"]);

        Assert.Equal(quantization, read.Quantization);
        Assert.Equal(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["b.mp4"]));
        Assert.NotEqual(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["c.mp4"]));
        Assert.Empty(read.Differences(again));
        Assert.Equal(["'High'", "'Low'", "'TextEncoder'"], read.Differences(whole).Select(difference => difference.Split(' ')[3]));
    }

    [Fact]
    public void Each_expert_gets_its_own_lora_and_the_record_names_both()
    {
        using var scene = new SampleScene();
        foreach (var expert in Experts.All)
        {
            using var adapter = LoraAdapter.Create(tiny.Model.Config, new TargetOptions { Rank = 4 }, seed: 5);
            using var off = GradMode.Off();
            foreach (var module in adapter.Modules)
                module.Up.AddInto(Tensor.Full(module.Up.Shape.ToArray(), expert == Expert.High ? 0.05 : -0.05));
            LoraFile.Write(scene[$"x_{expert.Name()}.safetensors"], adapter, DType.Float32);
        }
        var pair = LoraFiles.Find(scene["x_low_noise.safetensors"]);

        var record = _sampler.Sample(scene.Request, scene["both.mp4"], pair);
        _sampler.Sample(scene.Request, scene["none.mp4"]);
        _sampler.Sample(scene.Request, scene["high.mp4"], pair with { Low = null });
        _sampler.Sample(scene.Request, scene["swapped.mp4"], new LoraPair(pair.Low, pair.High));

        Assert.Equal(scene["x_high_noise.safetensors"], record.LoraHigh?.Path);
        Assert.Equal(scene["x_low_noise.safetensors"], SampleFiles.Read(scene["both.json"]).LoraLow?.Path);
        var clips = ((string[])["both", "none", "high", "swapped"]).Select(
            name => Convert.ToHexString(File.ReadAllBytes(scene[name + ".mp4"])));
        Assert.Equal(4, clips.Distinct().Count());
        Assert.Contains("the high-noise LoRA",
            Assert.Single(record.Differences(SampleRecord.Of(tiny.Model, scene.Request, pair with { High = null }))));
    }

    [Fact]
    public void Wrong_requests_are_refused_before_anything_is_opened_and_all_at_once()
    {
        using var gone = new TinyBase();
        foreach (var weights in Directory.EnumerateFiles(gone.Model.Layout.Source, "*.safetensors", SearchOption.AllDirectories))
            File.Delete(weights);
        using var scene = new SampleScene();
        var request = scene.Request with { Image = scene["missing.png"], Video = scene.Request.Video with { Width = 50, NumFrames = 6 } };

        var error = Assert.Throws<WanLabException>(() => new ImageToVideoSampler(gone.Model).Sample(request, scene["a.mp4"]));

        Assert.Contains("missing.png", error.Message);
        Assert.Contains("write 48", error.Message);
        Assert.Contains("the nearest are 5 and 9", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Folder));
    }

    [Theory]
    [InlineData(nameof(SampleStage.Text))]
    [InlineData(nameof(SampleStage.Image))]
    [InlineData(nameof(SampleStage.Denoise))]
    [InlineData(nameof(SampleStage.Decode))]
    public void Stopping_in_any_stage_writes_nothing(string name)
    {
        var stage = Enum.Parse<SampleStage>(name);
        using var scene = new SampleScene();
        using var stop = new CancellationTokenSource();
        var seen = new List<SampleProgress>();

        Assert.Throws<OperationCanceledException>(() => _sampler.Sample(scene.Request, scene["a.mp4"], progress: p =>
        {
            seen.Add(p);
            if (p.Stage == stage) stop.Cancel();
        }, cancellation: stop.Token));

        Assert.InRange(seen.Count(p => p.Stage == stage), 1, 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scene.Folder));
    }

    [Fact]
    public void A_training_run_prepares_once_and_samples_with_what_it_holds()
    {
        using var scene = new SampleScene();
        _sampler.Sample(scene.Request, scene["a.mp4"]);
        using var encoder = new PromptEncoder(tiny.Model);
        using WanLab.Models.Transformer.WanTransformer high = tiny.Model.OpenExpert(Expert.High), low = tiny.Model.OpenExpert(Expert.Low);
        var embedded = new List<string>();

        using var prepared = Assert.Single(_sampler.Prepare([scene.Request], prompt =>
        {
            embedded.Add(prompt);
            return encoder.Embed(prompt);
        }));
        for (var k = 0; k < 2; k++)
            SampleFiles.Write(scene["b.mp4"], _sampler.Run(prepared, e => new SampledExpert(e == Expert.High ? high : low)),
                SampleRecord.Of(tiny.Model, scene.Request, step: k));

        Assert.Equal([scene.Request.Prompt, ""], embedded);
        Assert.Equal(File.ReadAllBytes(scene["a.mp4"]), File.ReadAllBytes(scene["b.mp4"]));
    }

    [Fact]
    public void A_jobs_preview_has_its_settings_and_its_trigger_word()
    {
        var own = new VideoSettings { Steps = 3, GuidanceScale = new PerExpert(2, 1), WalkSeed = true };
        var job = new TrainingJob
        {
            Name = "x",
            TriggerWord = "orbit360",
            Sample = new SampleOptions
            {
                Sampler = Solver.DpmPlusPlus,
                WalkSeed = true,
                Width = 64,
                Prompts =
                [
                    new() { Prompt = "a", Image = "a.png" },
                    new() { Prompt = "[trigger] b", Image = "b.png", Settings = own },
                ],
            },
            Multistage = new MultistageOptions { Boundary = 0.875 },
        };

        var (first, second) = (PreviewRequest.Of(job, 0), PreviewRequest.Of(job, 1));

        Assert.Equal(("a", 42), (first.Prompt, first.Video.Seed));
        Assert.Equal((64, Solver.DpmPlusPlus, 0.875), (first.Video.Width, first.Video.Sampler, first.Boundary));
        Assert.Equal(("orbit360 b", "b.png", 0.875), (second.Prompt, second.Image, second.Boundary));
        Assert.Equal(own with { Seed = 43, WalkSeed = false }, second.Video);
    }
}
