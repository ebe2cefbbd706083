using WanLab.Datasets;
using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Torch;
using WanLab.Training;

namespace WanLab.Tests.Training;

public sealed class TrainingDataTests(MiniRun run) : TensorTest, IClassFixture<MiniRun>
{
    [Theory]
    [InlineData(TimestepType.Shift, TimestepBias.FavorHighNoise)]
    [InlineData(TimestepType.Sigmoid, TimestepBias.FavorLowNoise)]
    public void The_timesteps_of_a_run_s_batches_follow_the_density_of_their_expert(TimestepType type, TimestepBias bias)
    {
        const int batches = 400, batchSize = 3;
        var plain = run.Job("draws");
        var job = plain with
        {
            Training = plain.Training with { TimestepType = type, TimestepBias = bias, BatchSize = batchSize },
            Multistage = new() { Boundary = 0.8 },
            Datasets = [plain.Datasets[0] with { FrameSampling = FrameSampling.Head }], // one window a clip to encode
        };
        using var prepared = Preparation.Run(job, run.Model, run.Cache, _ => { }, default);
        var distribution = job.Training.Timesteps();
        foreach (var expert in Experts.All)
        {
            var draws = new List<double>();
            for (var position = 0; position < batches; position++)
            {
                using var scope = new TensorScope();
                draws.AddRange(prepared.Data.At(position, expert).Sigmas);
            }
            draws.Sort();
            var (from, to) = expert.Range(0.8);
            Assert.Equal(batches * batchSize, draws.Distinct().Count());
            // Kolmogorov-Smirnov; 1.95 / sqrt(n) is passed by chance once in a thousand
            var distance = draws.Select((t, k) => Math.Abs(distribution.Cumulative(t, from, to) - (k + 0.5) / draws.Count)).Max();
            Assert.True(distance < 1.95 / Math.Sqrt(draws.Count), $"{expert}: distance {distance}");
        }
    }
}
