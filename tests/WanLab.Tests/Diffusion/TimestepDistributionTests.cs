using WanLab.Diffusion;
using WanLab.Models;
using WanLab.Training;

namespace WanLab.Tests.Diffusion;

public sealed class TimestepDistributionTests
{
    public static TheoryData<TimestepType, TimestepBias, Expert> Combinations
    {
        get
        {
            var all = new TheoryData<TimestepType, TimestepBias, Expert>();
            foreach (var type in Enum.GetValues<TimestepType>())
                foreach (var bias in Enum.GetValues<TimestepBias>())
                    foreach (var expert in Experts.All) all.Add(type, bias, expert);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Draws_follow_the_density_confined_to_the_expert_s_range(TimestepType type, TimestepBias bias, Expert expert)
    {
        var distribution = new TimestepDistribution(type, 5, bias);
        var (from, to) = expert.Range(0.9);
        var draws = Enumerable.Range(0, 20_000)
            .Select(k => distribution.Draw(CounterRandom.Uniform(1, "test", k), from, to))
            .Order()
            .ToArray();

        // Kolmogorov-Smirnov against the closed form; 1.95 / sqrt(n) is passed by chance once in a thousand
        double Whole(double t) => type switch
        {
            TimestepType.Linear or TimestepType.Weighted => t,
            TimestepType.Sigmoid => t >= 1 ? 1 : t <= 0 ? 0 : Gaussian.Cumulative(Math.Log(t / (1 - t))),
            _ => t / (5 - 4 * t),
        };
        double Confined(double t) => (Whole(t) - Whole(from)) / (Whole(to) - Whole(from));
        double Closed(double t) => bias switch
        {
            TimestepBias.FavorHighNoise => 1 - Math.Pow(1 - Confined(t), 1.0 / 3),
            TimestepBias.FavorLowNoise => Math.Pow(Confined(t), 1.0 / 3),
            _ => Confined(t),
        };
        var distance = draws.Select((t, k) => Math.Abs(Closed(t) - (k + 0.5) / draws.Length)).Max();
        Assert.InRange(draws[0], from, to);
        Assert.InRange(draws[^1], from, to);
        Assert.True(distance < 1.95 / Math.Sqrt(draws.Length), $"distance {distance}");
        Assert.All((double[])[0.01, 0.3, 0.5, 0.99], share =>
        {
            var t = from + share * (to - from);
            Assert.Equal(Closed(t), distribution.Cumulative(t, from, to), 1e-9);
        });
    }

    [Theory]
    [InlineData(TimestepBias.FavorHighNoise, 0.975)]
    [InlineData(TimestepBias.FavorLowNoise, 0.925)]
    [InlineData(TimestepBias.Balanced, 0.95)]
    public void A_bias_moves_the_mean_within_the_range(TimestepBias bias, double mean)
    {
        // u^3 is 1/4 on average
        var distribution = new TimestepDistribution(TimestepType.Linear, 5, bias);
        Assert.Equal(mean, Enumerable.Range(0, 1000).Average(k => distribution.Draw((k + 0.5) / 1000, 0.9, 1)), 1e-6);
    }

    [Theory]
    [InlineData(0, 1, TimestepBias.Balanced)]
    [InlineData(0.9, 1, TimestepBias.Balanced)]
    [InlineData(0, 0.9, TimestepBias.Balanced)]
    [InlineData(0.875, 1, TimestepBias.FavorHighNoise)]
    [InlineData(0, 0.875, TimestepBias.FavorLowNoise)]
    public void The_bell_is_1_on_average_over_the_draws_of_each_expert(double from, double to, TimestepBias bias)
    {
        var weighted = new TimestepDistribution(TimestepType.Weighted, Bias: bias);
        var weight = weighted.Weights(from, to);
        var weights = Enumerable.Range(0, 20_000).Select(k => weight(weighted.Draw((k + 0.5) / 20_000, from, to)));
        Assert.Equal(1, weights.Average(), 1e-5);
    }

    [Fact]
    public void The_bell_is_0_at_the_ends_and_highest_in_the_middle()
    {
        var weighted = new TimestepDistribution(TimestepType.Weighted);
        Assert.Equal(0, weighted.Weights(0, 0.9)(0), 1e-12);
        Assert.Equal(0, weighted.Weights(0.9, 1)(1), 1e-12);
        Assert.Equal(1.58, weighted.Weights(0, 1)(0.5), 2);
        // The shape within a range is the bell's; only its scale is the expert's.
        Assert.Equal(Bell(0.92) / Bell(0.96), weighted.Weights(0.9, 1)(0.92) / weighted.Weights(0.9, 1)(0.96), 1e-9);
        Assert.Equal(1, new TimestepDistribution(TimestepType.Linear).Weights(0, 0.9)(0));

        static double Bell(double sigma) => Math.Exp(-2 * Math.Pow(sigma - 0.5, 2)) - Math.Exp(-0.5);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-2, 0.02275013194817921)]
    [InlineData(-6, 9.865876450377018e-10)]
    [InlineData(4.9, 0.9999995208167234)]
    public void The_normal_distribution_and_its_inverse(double x, double p)
    {
        Assert.Equal(p, Gaussian.Cumulative(x), 1e-12);
        Assert.Equal(x, Gaussian.Quantile(p), 1e-6);
    }

    [Fact]
    public void At_shift_5_the_high_expert_has_36_percent()
    {
        Assert.Equal(0.357, 1 - new TimestepDistribution(TimestepType.Shift, 5).Cumulative(0.9), 3);
    }

    [Theory]
    [InlineData(0.5, 10, "HLHL")]
    [InlineData(0.25, 3, "HLLLHLLL")]
    [InlineData(0.75, 1, "HHHLHHHL")]
    public void Experts_take_turns_by_their_share(double share, int switchEvery, string turns)
    {
        var schedule = new ExpertSchedule { Trained = Experts.All, SwitchEvery = switchEvery, HighShare = share };
        var actual = string.Concat(
            Enumerable.Range(0, turns.Length).Select(run => schedule.At(run * switchEvery) == Expert.High ? 'H' : 'L'));
        Assert.Equal(turns, actual);
        Assert.All(Enumerable.Range(0, switchEvery), k => Assert.Equal(Expert.High, schedule.At(k)));
    }

    [Fact]
    public void A_noise_level_at_the_boundary_is_the_high_expert_s()
    {
        Assert.Equal(Expert.High, Experts.At(0.9, 0.9));
        Assert.Equal(Expert.Low, Experts.At(0.899, 0.9));
    }
}
