using WanLab.Diffusion;
using WanLab.Jobs;

namespace WanLab.Tests.Diffusion;

public sealed class TimestepDistributionTests
{
    [Theory]
    [InlineData(TimestepType.Linear, Expert.High)]
    [InlineData(TimestepType.Linear, Expert.Low)]
    [InlineData(TimestepType.Sigmoid, Expert.High)]
    [InlineData(TimestepType.Sigmoid, Expert.Low)]
    [InlineData(TimestepType.Shift, Expert.High)]
    [InlineData(TimestepType.Shift, Expert.Low)]
    public void Draws_follow_the_density_confined_to_the_expert_s_range(TimestepType type, Expert expert)
    {
        var distribution = new TimestepDistribution(type, 5);
        var (from, to) = expert.Range(0.9);
        var draws = Enumerable.Range(0, 20_000).Select(k => distribution.Draw(CounterRandom.Uniform(1, "test", k), from, to)).Order().ToArray();

        // Kolmogorov-Smirnov against the closed form; 1.95 / sqrt(n) is passed by chance once in a thousand
        double Closed(double t) => type switch
        {
            TimestepType.Linear => t / 1000,
            TimestepType.Sigmoid => t >= 1000 ? 1 : t <= 0 ? 0 : Gaussian.Cumulative(Math.Log(t / (1000 - t))),
            _ => t / (5000 - 4 * t),
        };
        var distance = draws.Select((t, k) => Math.Abs((Closed(t) - Closed(from)) / (Closed(to) - Closed(from)) - (k + 0.5) / draws.Length)).Max();
        Assert.InRange(draws[0], from, to);
        Assert.InRange(draws[^1], from, to);
        Assert.True(distance < 1.95 / Math.Sqrt(draws.Length), $"distance {distance}");
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
        var actual = string.Concat(Enumerable.Range(0, turns.Length).Select(run => schedule.At(run * switchEvery) == Expert.High ? 'H' : 'L'));
        Assert.Equal(turns, actual);
        Assert.All(Enumerable.Range(0, switchEvery), k => Assert.Equal(Expert.High, schedule.At(k)));
    }

    [Fact]
    public void A_timestep_at_the_boundary_is_the_high_expert_s()
    {
        Assert.Equal(Expert.High, Experts.At(900, 0.9));
        Assert.Equal(Expert.Low, Experts.At(899, 0.9));
    }
}
