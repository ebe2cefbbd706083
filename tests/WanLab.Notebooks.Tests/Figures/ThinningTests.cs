using FsCheck;
using FsCheck.Fluent;
using WanLab.Models;
using WanLab.Notebooks.Figures;
using WanLab.Review;

namespace WanLab.Notebooks.Tests.Figures;

public sealed class ThinningTests
{
    [Fact]
    public void A_line_shorter_than_the_limit_keeps_all_its_points()
    {
        double[] x = [1, 2, 3], y = [3, 1, 2];
        Assert.Equal((x, y), Thinning.Of(x, y));
    }

    [Fact]
    public void Thinning_keeps_the_peaks_and_the_order_of_points() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<NormalFloat>>(), (NonEmptyArray<NormalFloat> values) =>
        {
            double[] y = [.. values.Get.Select(v => v.Get)];
            double[] x = [.. Enumerable.Range(0, y.Length).Select(k => (double)k)];
            var (thinX, thinY) = Thinning.Of(x, y, 10);
            return (y.Length <= 10 || thinX.Count <= 10) && thinY.Max() == y.Max() && thinY.Min() == y.Min()
                && thinX.Zip(thinX.Skip(1)).All(p => p.First < p.Second) && thinX.Zip(thinY).All(p => y[(int)p.First] == p.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_mean_of_equal_values_is_that_value() =>
        Assert.All(Smoothing.Mean([.. Enumerable.Repeat(0.7, 50)], 10), v => Assert.Equal(0.7, v, 1e-12));

    [Fact]
    public void A_mean_follows_with_its_span()
    {
        var step = Smoothing.Mean([.. Enumerable.Repeat(0.0, 100), .. Enumerable.Repeat(1.0, 100)], 20);
        Assert.Equal(0, step[99]);
        Assert.InRange(step[110], 0.5, 0.8);
        Assert.InRange(step[199], 0.999, 1);
    }

    [Fact]
    public void A_loss_that_is_not_finite_does_not_count() => Assert.Equal(1, Smoothing.Mean([1, double.NaN, 1], 5)[2], 1e-12);
}
