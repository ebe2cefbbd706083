using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Jobs;
using WanLab.Media;
using WanLab.Models.Transformer;
using WanLab.Planning;

namespace WanLab.Tests.Planning;

public sealed class PlannerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("wanlab-plan-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_published_model_at_512_by_41_frames_has_the_published_numbers()
    {
        // 11,264 tokens, 28.6 GB of bf16 weights, 153.4 million parameters at rank 32: the model's own arithmetic
        var config = new WanTransformerConfig();
        var memory = StepMemory.Of(new StepShape { Config = config, Tokens = 11 * 32 * 32, AdapterParameters = 153_400_000, ResidualBytes = 2, FusedAttention = true });

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
        Assert.Equal(whole.Weights / 2, StepMemory.Of(shape with { WeightBytes = 1 }).Weights, 1.0);
        var half = StepMemory.Of(shape with { Offloaded = 0.5 });
        Assert.Equal(whole.Weights, half.Weights + half.Offloaded, 2.0);
        Assert.True(whole.Activations > StepMemory.Of(shape with { FusedAttention = true }).Activations);
    }

    [Fact]
    public void A_plan_counts_clips_tokens_files_and_time()
    {
        Directory.CreateDirectory(Path.Combine(folder, "walk"));
        File.WriteAllText(Path.Combine(folder, "walk", "metrics.jsonl"),
            "{\"step\": 1, \"seconds\": {\"forward\": 3, \"data\": 0.5}}\n{\"step\": 2, \"seconds\": {\"forward\": 5, \"data\": 0.5}}\n{\"step\": 3, \"seconds\": {\"forward\": 4, \"data\": 0.5}}\n{\"st");
        var plan = Planner.Plan(Job(), [Dataset(("a", 64, 64), ("b", 64, 64), ("c", 96, 64), ("d", 64, 64), ("e", 64, 64))]);

        Assert.Equal([("96x64", 1, 5L * 6 * 4), ("64x64", 4, 5L * 4 * 4)], plan.Buckets.Select(b => (b.Bucket.ToString(), b.Items, b.Tokens)));
        Assert.True(plan.Buckets[0].Memory.Total > plan.Buckets[1].Memory.Total);
        Assert.Single(plan.HeldOut);
        Assert.Equal([("forward", 4.0), ("data", 0.5)], plan.StepSeconds);
        Assert.True(plan.Fits);
        // rank 16 over 8 blocks of width 160: 8 projections and two feed-forward layers
        Assert.Equal(8 * 16 * (8 * (160 + 160) + 2 * (160 + 640)), plan.AdapterParameters);
        // 2 experts, 4 kept checkpoints and the final one in bf16, 3 states of 12 bytes
        Assert.Equal(2 * plan.AdapterParameters * (5 * 2 + 3 * 12), plan.CheckpointBytes);
        Assert.True(plan.CacheBytes > 4 * 36 * 5 * 8 * 8 * 4);
    }

    [Fact]
    public void What_does_not_fit_is_told_what_to_change()
    {
        var datasets = (Dataset[])[Dataset(("a", 64, 64))];
        var need = Planner.Plan(Job(), datasets).Buckets[0].Memory.Total;
        var plan = Planner.Plan(Job(), datasets, need / 2);

        Assert.False(plan.Fits);
        Assert.Contains(plan.Advice, a => a.Change.StartsWith("multistage.low_noise: false"));
        Assert.Contains(plan.Advice, a => a.Change == "num_frames: 9");
        Assert.All(plan.Advice, a => Assert.True(a.Bytes < need));
        Assert.True(Planner.Plan(Job(), datasets, need * 2).Fits);
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
        Output = folder,
        Training = new() { Optimizer = OptimizerType.AdamW },
        Datasets = [new DatasetOptions { Path = folder, NumFrames = 17 }],
    };

    private Dataset Dataset(params (string Name, int Width, int Height)[] clips) => new(
        Job().Datasets[0],
        [.. clips.Select(c => new Clip
        {
            Path = $"/{c.Name}.mp4",
            Info = new VideoInfo { Width = c.Width, Height = c.Height, FrameTimes = [.. Enumerable.Range(0, 40).Select(k => k / 16.0)], Fps = 16 },
            Caption = c.Name,
            Bucket = new Bucket(c.Width, c.Height),
            NumFrames = 17,
            Sampling = FrameSampling.Head,
        })],
        []);
}
