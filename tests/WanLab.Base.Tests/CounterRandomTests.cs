using WanLab.Models;
using WanLab.Torch;

namespace WanLab.Base.Tests;

public class CounterRandomTests
{
    private const int N = 20_000;

    [Fact]
    public void Philox_gives_the_published_numbers()
    {
        // Known answers of Random123 for philox4x32-10.
        Assert.Equal((0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u), CounterRandom.Philox(0, 0, 0, 0, 0, 0));
        const uint F = 0xFFFFFFFF;
        Assert.Equal((0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu), CounterRandom.Philox(F, F, F, F, F, F));
        Assert.Equal((0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u),
            CounterRandom.Philox(0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0));
    }

    [Fact]
    public void Numbers_never_change_between_versions()
    {
        // A run made by one version must resume with another.
        Assert.Equal(1964138933718659807UL, CounterRandom.Bits(42, "timestep", 7, 3));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Uniform_is_uniform_along_either_counter_and_the_seed(string along)
    {
        var numbers = Enumerable.Range(0, N).Select(
            i => along == "a" ? CounterRandom.Uniform(1, "x", i, 5) : CounterRandom.Uniform(i, "x", 9, 0));
        Assert.True(KolmogorovSmirnov(numbers, x => x) < Limit);
    }

    [Fact]
    public void Normal_draws_have_the_normal_distribution()
    {
        var numbers = Enumerable.Range(0, N).Select(i => CounterRandom.Normal(1, "noise", 3, i)).ToArray();
        Assert.True(KolmogorovSmirnov(numbers, NormalCdf) < Limit);
        Assert.InRange(numbers.Average(), -0.03, 0.03);
        Assert.InRange(numbers.Average(x => x * x), 0.96, 1.04);
    }

    [Fact]
    public void The_test_itself_finds_a_slight_slope()
    {
        var bent = Enumerable.Range(0, N).Select(i => Math.Pow(CounterRandom.Uniform(1, "x", i), 1.05));
        Assert.True(KolmogorovSmirnov(bent, x => x) > Limit);
    }

    [Fact]
    public void Streams_seeds_and_counters_are_independent_of_each_other()
    {
        Func<int, double> plain = i => CounterRandom.Uniform(1, "x", i, 0);
        Func<int, double>[] others =
        [
            i => CounterRandom.Uniform(1, "y", i, 0),
            i => CounterRandom.Uniform(2, "x", i, 0),
            i => CounterRandom.Uniform(1, "x", i, 1),
            i => CounterRandom.Uniform(1, "x", i + 1, 0),
            i => CounterRandom.Uniform(1, "x", 0, i),
        ];
        foreach (var other in others)
        {
            // 8 x 8 cells: chi-square with 63 degrees of freedom, 0.001 limit 103.4.
            var cells = new int[64];
            for (var i = 1; i <= N; i++) cells[(int)(8 * plain(i)) * 8 + (int)(8 * other(i))]++;
            Assert.InRange(cells.Sum(count => Math.Pow(count - N / 64.0, 2) / (N / 64.0)), 30, 103.4);
        }
    }

    [Fact]
    public void A_permutation_holds_each_number_once_and_all_orders_are_as_likely()
    {
        Assert.Equal(Enumerable.Range(0, 1000), CounterRandom.Permutation(1, "p", 0, 1000).Order());
        Assert.Empty(CounterRandom.Permutation(1, "p", 0, 0));
        var counts = Enumerable.Range(0, 24_000)
            .GroupBy(epoch => string.Join(',', CounterRandom.Permutation(1, "p", epoch, 4)))
            .Select(group => group.Count()).ToList();
        Assert.Equal(24, counts.Count);
        // 23 degrees of freedom, 0.001 limit 49.7.
        Assert.True(counts.Sum(count => Math.Pow(count - 1000, 2) / 1000) < 49.7);
    }

    // The 0.001 limit of the Kolmogorov-Smirnov statistic.
    private static readonly double Limit = 1.95 / Math.Sqrt(N);

    private static double KolmogorovSmirnov(IEnumerable<double> numbers, Func<double, double> cdf)
    {
        var sorted = numbers.Order().ToArray();
        return sorted.Select((x, i) => Math.Max(Math.Abs(cdf(x) - (double)i / sorted.Length), Math.Abs(cdf(x) - (i + 1.0) / sorted.Length)))
            .Max();
    }

    // Abramowitz and Stegun 26.2.17, error below 7.5e-8.
    private static double NormalCdf(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
