using System.Text.RegularExpressions;
using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Jobs.Recipes;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Planning;
using WanLab.Runs;
using WanLab.Testing;
using WanLab.Tests.Jobs;
using WanLab.Torch;
using WanLab.Torch.Interop;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Validation;

namespace WanLab.Tests.Tutorial;

/// <summary>The tutorial's troubleshooting entries, each provoked: what a user gets here. docs/tutorial-coverage.md lists them.</summary>
public sealed partial class TroubleshootingTests
{
    [Fact]
    public void A_preview_without_control_image_is_told_when_the_job_is_read_and_no_tensors_meet()
    {
        using var folder = new JobFolder();
        var problems = folder.Problems(JobFolder.Minimal + "sample:\n  prompts:\n    - prompt: orbit 360 around the subject\n");

        Assert.Equal("job.yaml:9: error: sample.prompts.0.image: is missing; image-to-video starts from a control image: add 'image: FILE'",
            problems);
    }

    [Fact]
    public void Latents_of_clips_with_many_frames_are_cached_and_found_again()
    {
        using var mini = new MiniRun();
        var job = mini.Job("cached") with { Training = mini.Job("x").Training with { Steps = 1 } };
        Assert.All(job.Datasets, d => Assert.True(d.CacheLatents && d.NumFrames > 1));

        var first = mini.Train(job).Events.OfType<DataReady>().Single();
        var again = mini.Train(job with { Name = "again" }).Events.OfType<DataReady>().Single();

        Assert.True(first.Encoded > 0);
        Assert.Equal((0, first.Encoded), (again.Encoded, again.FromCache));
    }

    [Fact]
    public void Motion_that_is_trained_too_fast_is_told_with_its_factor_and_native_frames_keep_its_speed()
    {
        using var folder = RecipeClips.Of(41);
        var stretched = Assert.Single(ClipLibrary.Scan(new DatasetOptions { Path = folder.Clips, NumFrames = 17 }).Clips);
        var native = Assert.Single(
            ClipLibrary.Scan(new DatasetOptions { Path = folder.Clips, NumFrames = 17, FrameSampling = FrameSampling.Native }).Clips);

        Assert.Equal(2.5, stretched.Speed, 2);
        Assert.Equal("plays 2.50 times as fast as life: 17 frames are spread over 2.5 s. frame_sampling: native keeps the speed.",
            Assert.Single(stretched.Warnings));
        Assert.Equal(1, native.Speed);
        Assert.Empty(native.Warnings);
    }

    [Theory]
    [InlineData(40, 37, 41)]
    [InlineData(80, 77, 81)]
    [InlineData(2, 1, 5)]
    public void A_number_of_frames_that_is_not_4n_and_1_is_told_with_its_neighbours(int frames, int below, int above)
    {
        using var folder = new JobFolder();
        var problem = $"{frames} frames do not fit the model, which takes 4n+1; the nearest are {below} and {above}";

        Assert.Equal($"--set: error: datasets.0.num_frames: {problem}",
            folder.Problems(JobFolder.Minimal, $"datasets.0.num_frames={frames}"));
        Assert.Equal($"--set: error: sample.num_frames: {problem}", folder.Problems(JobFolder.Minimal, $"sample.num_frames={frames}"));
    }

    [Theory]
    [InlineData(RecipeKind.Motion, "The camera hardly moves", "multistage.high_noise", "multistage.high_share")]
    [InlineData(RecipeKind.Motion, "Motion is too fast", "sample.fps", "frame_sampling: native")]
    [InlineData(RecipeKind.Character, "Details or faces are worse", "rank 32", "timestep_bias: favor_low_noise")]
    [InlineData(RecipeKind.Character, "It works only on scenes like the clips", "fewer steps", "training.dop")]
    [InlineData(RecipeKind.Style, "Everything looks alike", "a lower learning rate", "a lower rank")]
    [InlineData(RecipeKind.Motion, "Out of memory", "num_frames 33, then 21", "low_vram: true")]
    [InlineData(RecipeKind.Motion, "Slow", "layer_offloading 0", "sample.every 250")]
    public void A_recipe_says_at_its_end_what_to_change_for_each_symptom(RecipeKind kind, string symptom, string first, string second)
    {
        var advice = Assert.Single(RecipeAdvice.For(kind), a => a.StartsWith(symptom, StringComparison.Ordinal));
        Assert.Contains(first, advice);
        Assert.Contains(second, advice);
    }

    [Fact]
    public void Every_key_that_advice_names_is_a_key_of_the_job_file()
    {
        var known = JobForm.Keys.Paths.Select(p => p.Replace(".N.", ".")).SelectMany(p => new[] { p, p[..p.LastIndexOf('.')] }).ToHashSet();
        var job = Heavy() with { Quantization = new() };
        var texts = Enum.GetValues<RecipeKind>()
            .SelectMany(RecipeAdvice.For)
            .Concat(MemoryAdvice.For(job).Select(way => way.Text))
            .ToList();
        var named = texts.SelectMany(t => DottedKey().Matches(t)).Select(m => m.Value).Distinct().ToList();

        Assert.True(named.Count > 8, string.Join(' ', named));
        Assert.All(named, key => Assert.Contains(key, known));
    }

    [Fact]
    public void Running_out_of_memory_ends_with_what_this_very_job_can_give_up()
    {
        using var mini = new MiniRun();
        var job = mini.Job("big");

        var error = Assert.Throws<WanLabException>(() => mini.Train(job, also: e =>
        {
            if (e is StepDone) throw new TorchOutOfMemoryException("CUDA out of memory. Tried to allocate 2.00 GiB\nstack");
        }));

        Assert.StartsWith("Out of memory. Try these changes, in this order:\n  quantization.transformer: uint4+ara", error.Message);
        Assert.EndsWith("libtorch says: CUDA out of memory. Tried to allocate 2.00 GiB", error.Message);
        Assert.DoesNotContain("batch_size", error.Message);
    }

    [Fact]
    public void Memory_advice_goes_from_what_costs_least_and_leaves_out_what_is_done_already()
    {
        Assert.Equal(
            [
                "datasets.resolutions", "datasets.resolutions", "training.batch_size", "datasets.num_frames", "quantization.transformer",
                "quantization.transformer", "quantization.text_encoder",
                "model.low_vram", "target.rank", "model.residual", "model.layer_offloading", "multistage.low_noise",
                "datasets.resolutions", "smaller datasets.resolutions, or a GPU with more memory",
            ],
            MemoryAdvice.For(Heavy()).Select(way => way.Text.Split(':')[0]));
        Assert.Equal(["datasets.resolutions: [512, 768]", "datasets.resolutions: [512]"],
            MemoryAdvice.For(Heavy()).Take(2).Select(way => way.Text));

        var frugal = Heavy() with
        {
            Model = new() { LowVram = true, LayerOffloading = 1, Residual = ResidualPrecision.Bf16 },
            Multistage = new() { LowNoise = false },
            Quantization = new() { Transformer = TransformerQuantization.UInt4Ara, TextEncoder = TextEncoderQuantization.Float8 },
            Target = new(),
            Training = new(),
            Datasets = [new() { Path = "clips", NumFrames = 5 }],
        };
        Assert.Equal(["datasets.resolutions: [384]", "smaller datasets.resolutions, or a GPU with more memory"],
            MemoryAdvice.For(frugal).Select(way => way.Text));
    }

    [Fact]
    public void What_is_learned_by_heart_shows_in_the_held_out_loss_while_the_training_loss_falls()
    {
        using var mini = new MiniRun();
        for (var k = 0; k < 4; k++) mini.WriteClip(mini.At("held"), $"h{k}", 60 + k);
        mini.WriteClip(mini.At("alone"), "a", 1);
        var plain = mini.Job("by-heart");
        var events = new List<RunEvent>();
        var job = plain with
        {
            Training = plain.Training with { Steps = 100, LearningRate = 3e-3 },
            Multistage = new() { HighNoise = false },
            Target = new() { Rank = 16 },
            Datasets = [plain.Datasets[0] with { Path = mini.At("alone"), FrameSampling = FrameSampling.Head }],
            Validation = new() { Every = 20, Holdout = mini.At("held") },
        };
        new Trainer(job, BaseModel.Tiny(), RunFolder.Open(job.Output,
            job.Name), new TrainerRuntime { CacheFolder = mini.Cache, Report = events.Add }).Run(default);

        var losses = events.OfType<StepDone>().Select(e => e.Record.Loss).ToList();
        var heldOut = events.OfType<ValidationDone>().Select(e => e.Record).ToList();
        Assert.True(losses.TakeLast(20).Average() < 0.85 * losses.Take(20).Average(), "the training loss falls");
        var told = string.Join(' ', heldOut.Select(r => r.Difference));
        Assert.True(heldOut[^1].Difference > heldOut[0].Difference, told); // on other clips it gets worse all the while,
        Assert.True(heldOut[^1].Lower > 0, told); // and is surely worse than the base model
    }

    [Fact]
    public void A_camera_that_can_not_learn_to_move_shows_in_the_plan_and_in_the_timesteps()
    {
        var job = Heavy() with { Training = new() { Steps = 100, TimestepBias = TimestepBias.FavorLowNoise } };
        var lowOnly = TimestepPlan.Of(job with { Multistage = new() { HighNoise = false } });
        Assert.Equal([(Expert.Low, 100)], lowOnly.Select(p => (p.Expert, p.Steps)));

        var leaning = TimestepPlan.Of(job)[0];
        Assert.Equal((Expert.High, 50), (leaning.Expert, leaning.Steps));
        Assert.True(leaning.Shares.Take(5).Sum() > 0.7, "the clean half of the range");
        Assert.True(TimestepPlan.Of(job with { Training = job.Training with { TimestepBias = TimestepBias.FavorHighNoise } })[0].Shares
            .Take(5)
            .Sum() < 0.3);
        Assert.Equal(80, TimestepPlan.Of(job with { Multistage = new() { HighShare = 0.8 } })[0].Steps);
    }

    private static TrainingJob Heavy() => new()
    {
        Name = "heavy",
        Target = new() { Rank = 32 },
        Training = new() { BatchSize = 2 },
        Datasets = [new() { Path = "clips", Resolutions = [512, 768, 1024] }],
    };

    [GeneratedRegex(@"\b(?:multistage|training|datasets|quantization|model|target|sample|save)\.[a-z_]+(?:\.[a-z_]+)?")]
    private static partial Regex DottedKey();
}
