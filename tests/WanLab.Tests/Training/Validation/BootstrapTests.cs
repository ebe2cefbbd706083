using WanLab.Models;
using WanLab.Training.Validation;

namespace WanLab.Tests.Training.Validation;

public sealed class BootstrapTests
{
    [Fact]
    public void The_interval_is_that_of_a_mean()
    {
        // standard error 1 / sqrt(100), so about -0.196 .. 0.196 around the sample's mean
        double[] values = [.. Enumerable.Range(0, 100).Select(k => CounterRandom.Normal(5, "values", k))];
        var (low, high) = Bootstrap.Interval(values, 1)!.Value;
        var spread = Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / 100) / 10;
        Assert.Equal(values.Average() - 1.96 * spread, low, 0.03);
        Assert.Equal(values.Average() + 1.96 * spread, high, 0.03);
        Assert.Equal((low, high), Bootstrap.Interval(values, 1));
    }

    [Fact]
    public void Of_one_value_nothing_can_be_said() => Assert.Null(Bootstrap.Interval([1.0], 1));

    [Fact]
    public void Equal_values_have_no_spread()
    {
        var (low, high) = Bootstrap.Interval([2.0, 2.0, 2.0], 1)!.Value;
        Assert.Equal((2.0, 2.0), (low, high));
    }
}
