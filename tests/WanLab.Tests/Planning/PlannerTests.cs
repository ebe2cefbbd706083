using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Media;
using WanLab.Memory;
using WanLab.Models;
using WanLab.Models.Transformer;
using WanLab.Planning;
using WanLab.Runs;
using WanLab.Torch;
using WanLab.Torch.Safetensors;
using WanLab.Training;
using WanLab.Training.Optimizers;

namespace WanLab.Tests.Planning;

public sealed class PlannerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_published_model_at_512_by_41_frames_has_the_published_numbers()
    {
        // 11,264 tokens, 28.6 GB of bf16 weights, 153.4 million parameters at rank 32: the model's own arithmetic
        var config = new WanTransformerConfig();
        var memory = StepMemory.Of(new StepShape
        {
            Config = config,
            Tokens = 11 * 32 * 32,
            AdapterParameters = 153_400_000,
            ResidualBytes = 2,
            FusedAttention = true,
        });

        Assert.Equal(28.6e9, memory.Weights, 0.1e9);
        Assert.Equal(4.6e9, memory.BlockInputs, 0.1e9);
        Assert.Equal(2.5e9, memory.Adapters, 0.1e9);
        Assert.Equal(memory.Total, memory.Parts.Sum(p => p.Bytes));
        Assert.Equal("weights", memory.Parts[0].Name);
    }

    [Fact]
    public void Offloading_quantising_and_one_expert_at_a_time_move_the_weights()
    {
        var shape = new StepShape { Config = new WanTransformerConfig(), Tokens = 1024, ResidentExperts = 2 };
        var whole = StepMemory.Of(shape);
        Assert.Equal(whole.Weights / 2, StepMemory.Of(shape with { ResidentExperts = 1 }).Weights, 1.0);
        var quantised = StepMemory.Of(shape with { WeightBytes = 8_000_000_000, UnpackedBytes = 700_000_000 });
        Assert.Equal(16_000_000_000, quantised.Weights);
        Assert.Equal(whole.Total - whole.Weights + 16_700_000_000, quantised.Total);
        var half = StepMemory.Of(shape with { Offloaded = 0.5 });
        Assert.Equal(whole.Weights, half.Weights + half.Offloaded, 2.0);
        Assert.True(whole.Activations > StepMemory.Of(shape with { FusedAttention = true }).Activations);
    }

    [Fact]
    public void A_plan_counts_clips_tokens_files_and_time()
    {
        var run = RunFolder.Open(_folder, "walk");
        foreach (var (step, forward) in new[] { (1, 3.0), (2, 5.0), (3, 4.0) })
        {
            run.Log(new StepRecord
            {
                Step = step,
                Expert = Expert.High,
                Loss = 1,
                Timesteps = [500],
                LearningRate = 1e-4,
                GradientNorm = 1,
                MemoryMib = 1,
                Seconds = new Dictionary<string, double> { ["forward"] = forward, ["data"] = 0.5 },
            });
        }
        File.AppendAllText(run.MetricsFile, "{\"st");
        var plan = Planner.Plan(Job(), [Dataset(("a", 64, 64), ("b", 64, 64), ("c", 96, 64), ("d", 64, 64), ("e", 64, 64))]);

        Assert.Equal([("96x64", 1, 5L * 6 * 4), ("64x64", 4, 5L * 4 * 4)],
            plan.Buckets.Select(b => (b.Bucket.ToString(), b.Items, b.Tokens)));
        Assert.True(plan.Buckets[0].Memory.Total > plan.Buckets[1].Memory.Total);
        Assert.Single(plan.HeldOut);
        Assert.Equal([("forward", 4.0), ("data", 0.5)], plan.StepSeconds);
        Assert.Equal(12 / 13.5, plan.ModelShare!.Value, 9);
        Assert.True(plan.Fits);
        // rank 16 over 8 blocks of width 160: 8 projections and two feed-forward layers
        Assert.Equal(8 * 16 * (8 * (160 + 160) + 2 * (160 + 640)), plan.AdapterParameters);
        // 2 experts, 4 kept checkpoints and the final one in bf16, 3 states of 12 bytes
        Assert.Equal(2 * plan.AdapterParameters * (5 * 2 + 3 * 12), plan.CheckpointBytes);
        Assert.True(plan.CacheBytes > 4 * 36 * 5 * 8 * 8 * 4);
    }

    [Fact]
    public void Before_its_own_steps_a_job_has_the_times_of_the_newest_run_of_the_same_model_and_sizes()
    {
        var datasets = (Dataset[])[Dataset(("a", 64, 64))];
        WriteRun(Job() with { Name = "larger", Datasets = [Job().Datasets[0] with { Resolutions = [128] }] }, 9, age: 0);
        WriteRun(Job() with { Name = "batched", Training = Job().Training with { BatchSize = 4 } }, 8, age: 1);
        Assert.Empty(Planner.Plan(Job(), datasets).StepSeconds);

        WriteRun(Job() with { Name = "older" }, 7, age: 3);
        WriteRun(Job() with { Name = "same", Seed = 5, Training = Job().Training with { Steps = 9, LearningRate = 1e-5 } }, 6, age: 2);
        var plan = Planner.Plan(Job(), datasets);
        Assert.Equal([("forward", 6.0)], plan.StepSeconds);
        Assert.Equal("same", plan.TimedRun);

        WriteRun(Job(), 2, age: 9);
        Assert.Equal((2.0, "walk"), (Planner.Plan(Job(), datasets).StepSeconds[0].Seconds, Planner.Plan(Job(), datasets).TimedRun));
    }

    private static void WriteRun(TrainingJob job, double seconds, int age)
    {
        var run = RunFolder.Open(job.Output, job.Name);
        File.WriteAllText(run.JobFile, WanLab.Training.JobWriter.Write(job));
        run.Log(new StepRecord
        {
            Step = 1,
            Expert = Expert.High,
            Loss = 1,
            Timesteps = [500],
            LearningRate = 1e-4,
            GradientNorm = 1,
            MemoryMib = 1,
            Seconds = new Dictionary<string, double> { ["forward"] = seconds },
        });
        File.SetLastWriteTimeUtc(run.MetricsFile, new DateTime(2026, 1, 30, 0, 0, 0, DateTimeKind.Utc).AddDays(-age));
    }

    [Fact]
    public void What_does_not_fit_is_told_what_to_change()
    {
        var datasets = (Dataset[])[Dataset(("a", 64, 64))];
        var need = Planner.Plan(Job(), datasets).Buckets[0].Memory.Total;
        var plan = Planner.Plan(Job(), datasets, need / 2);

        Assert.False(plan.Fits);
        Assert.Contains(plan.Advice, a => a.Change.StartsWith("multistage.low_noise: false"));
        Assert.Contains(plan.Advice, a => a.Change == "datasets.num_frames: 9");
        Assert.All(plan.Advice, a => Assert.True(a.Bytes < need));
        Assert.True(Planner.Plan(Job(), datasets, need * 2).Fits);
    }

    [Fact]
    public void The_largest_resolution_is_the_first_to_go_and_every_offer_says_whether_it_is_enough()
    {
        var job = Job() with { Datasets = [Job().Datasets[0] with { Resolutions = [64, 96, 128] }] };
        var clips = Dataset(("a", 128, 128), ("b", 128, 128));
        var small = Planner.Plan(job with { Datasets = [job.Datasets[0] with { Resolutions = [64] }] }, [Dataset(("a", 64, 64))]);
        var plan = Planner.Plan(job, [clips], (long)(small.Buckets[0].Memory.Total / Planner.Usable) + 100);

        Assert.Equal(["datasets.resolutions: [64, 96]", "datasets.resolutions: [64]"], plan.Advice.Take(2).Select(a => a.Change));
        Assert.Equal(small.Buckets[0].Memory.Total, plan.Advice[1].Bytes);
        Assert.True(plan.Advice[0].Bytes > plan.Room && plan.Advice[1].Bytes <= plan.Room);
        var need = plan.Buckets[0].Memory.Total;
        Assert.All(plan.Advice, a => Assert.InRange(a.Bytes, 1, need * 0.9995));
        Assert.Equal(["datasets.resolutions: [64]"], plan.Together!.Changes);
        Assert.Equal(small.Buckets[0].Memory.Total, plan.Together.Bytes);

        // A clip that fills no resolution keeps its size, so that fewer of them save nothing and are not offered.
        var little = Planner.Plan(job, [Dataset(("a", 48, 48))], 1 << 20);
        Assert.DoesNotContain(little.Advice, a => a.Change.StartsWith("datasets.resolutions: [64"));
    }

    [Fact]
    public void What_no_single_change_makes_fit_lists_the_changes_that_do_together()
    {
        var (job, clips) = (Job(), Dataset(("a", 512, 512)));
        var needs = Planner.Plan(job, [clips], 1).Advice;
        var best = needs.Min(a => a.Bytes);
        var together = Planner.Plan(job, [clips], (long)(best * 0.8 / Planner.Usable)).Together!;
        Assert.InRange(together.Bytes, 1, best * 0.8);
        Assert.True(together.Changes.Count > 1);
        Assert.Equal(together.Changes.Count, together.Changes.Select(c => c.Split(':')[0]).Distinct().Count());

        var hopeless = Planner.Plan(job, [clips], 1 << 10);
        Assert.True(hopeless.Together!.Bytes > hopeless.Room);
        Assert.Contains("datasets.resolutions: [16]", hopeless.Together.Changes);
    }

    [Fact]
    public void Quantised_experts_of_the_published_model_have_the_published_sizes()
    {
        // one expert: 14.05 of its 14.29 billion weights lie in the blocks' linear layers; at 4.375 bits they take 7.68 GB
        var config = new WanTransformerConfig();
        long Size(TransformerQuantization type) => WeightSizes.OfExpert(config, new QuantizationOptions { Transformer = type }, 2);
        var rest = Size(TransformerQuantization.None) - config.NumLayers * WeightSizes.OfBlock(config, 2);
        Assert.Equal(28.58e9, Size(TransformerQuantization.None), 0.01e9);
        Assert.Equal(14.05e9, Size(TransformerQuantization.Float8) - rest, 0.02e9);
        Assert.Equal(7.68e9, Size(TransformerQuantization.UInt4) - rest, 0.01e9);
        Assert.Equal(153.4e6 / 2 * 2, Size(TransformerQuantization.UInt4Ara) - Size(TransformerQuantization.UInt4), 1e6);
    }

    [Fact]
    public void Changing_experts_too_often_under_low_vram_is_told_with_its_cost()
    {
        var job = Job() with
        {
            Device = "cuda:0",
            Model = new() { LowVram = true, Architecture = ModelArchitecture.Wan22I2V14B },
            Quantization = new() { Transformer = TransformerQuantization.UInt4 },
            Multistage = new() { SwitchEvery = 1 },
            Training = new() { Steps = 2000 },
        };
        var config = new WanTransformerConfig();
        Assert.Equal(
            "multistage.switch_every: 1 with model.low_vram brings 8.2 GB of weights to the device 2000 times, about 0.8 s each at 10 GB " +
                "a second: 27 minutes of the run. Write 10 to 50, or low_vram: false where both experts fit.",
            Assert.Single(JobWarnings.Of(job, config, onCpu: false)));

        Assert.Empty(JobWarnings.Of(job with { Multistage = new() { SwitchEvery = 10 } }, config, onCpu: false));
        Assert.Empty(JobWarnings.Of(job with { Model = job.Model with { LowVram = false } }, config, onCpu: false));
        Assert.Empty(JobWarnings.Of(job with { Multistage = new() { SwitchEvery = 1, LowNoise = false } }, config, onCpu: false));
        Assert.Equal(200, SwitchCost.Of(job with { Multistage = new() { SwitchEvery = 10 } }, config)!.Switches);
        Assert.Equal(100, SwitchCost.Of(job with { Multistage = new() { SwitchEvery = 10, HighShare = 0.25 } }, config)!.Switches);
    }

    [Fact]
    public void Offloading_on_the_host_itself_is_told_to_have_no_effect()
    {
        var job = Job() with { Model = new() { LayerOffloading = 0.5, TextEncoderOffloading = 1 } };
        Assert.Equal(["model.layer_offloading", "model.text_encoder_offloading"],
            JobWarnings.Of(job, new(), onCpu: true).Select(w => w.Split(':')[0]));
        Assert.Empty(JobWarnings.Of(job, new(), onCpu: false));
    }

    [Fact]
    public void Previews_without_a_prompt_are_warned_about()
    {
        var job = Job() with { Sample = new() };
        Assert.Equal("sample.prompts: is empty, so no previews are made; add '- {prompt: TEXT, image: FILE}', or write sample.every: 0",
            Assert.Single(JobWarnings.Of(job, new(), onCpu: true)));
    }

    [Theory]
    [InlineData(TimestepType.Linear, 5)]
    [InlineData(TimestepType.Sigmoid, 5)]
    [InlineData(TimestepType.Shift, 3)]
    public void The_planned_histogram_is_the_distribution(TimestepType type, double shift)
    {
        var job = Job() with { Training = Job().Training with { TimestepType = type, Shift = shift } };
        var distribution = new TimestepDistribution(type, shift);
        foreach (var plan in TimestepPlan.Of(job))
        {
            Assert.Equal(1, plan.Shares.Sum(), 9);
            Assert.Equal(job.Training.Steps / 2, plan.Steps);
            double C(double t) => distribution.Cumulative(t / 1000);
            var width = (plan.To - plan.From) / TimestepPlan.Bins;
            for (var k = 0; k < TimestepPlan.Bins; k++)
            {
                var share = (C(plan.From + (k + 1) * width) - C(plan.From + k * width)) / (C(plan.To) - C(plan.From));
                Assert.Equal(share, plan.Shares[k], 0.001);
            }
        }
    }

    private TrainingJob Job() => new()
    {
        Name = "walk",
        Output = _folder,
        Training = new() { Optimizer = OptimizerType.AdamW },
        Sample = new() { Every = 0 },
        Datasets = [new DatasetOptions { Path = _folder, NumFrames = 17 }],
    };

    private Dataset Dataset(params (string Name, int Width, int Height)[] clips) => new(
        Job().Datasets[0],
        [.. clips.Select(c => new Clip
        {
            Path = $"/{c.Name}.mp4",
            Info = new MediaFacts
            {
                Width = c.Width,
                Height = c.Height,
                FrameTimes = [.. Enumerable.Range(0, 40).Select(k => k / 16.0)],
                Fps = 16,
            },
            Caption = c.Name,
            Bucket = new Bucket(c.Width, c.Height),
            NumFrames = 17,
            Sampling = FrameSampling.Head,
        })],
        []);
}
