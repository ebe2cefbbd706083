using WanLab.Datasets;
using WanLab.Media;
using WanLab.Models;
using WanLab.Review.Measures;

namespace WanLab.Tests.Review.Measures;

public sealed class ClipMeasuresTests
{
    [Fact]
    public void Psnr_is_that_of_the_mean_squared_error()
    {
        Assert.Equal(20, ClipMeasures.Psnr([100, 100], [125, 126]), 0.2); // 25.5 of 255 is a tenth
        Assert.Equal(double.PositiveInfinity, ClipMeasures.Psnr([7, 8], [7, 8]));
        Assert.Contains("same number of frames", Assert.Throws<WanLabException>(() => ClipMeasures.Psnr([1], [1, 2])).Message);
    }

    [Fact]
    public void A_steady_fade_moves_but_does_not_flicker()
    {
        var fade = Clip(0, 10, 20, 30, 40);
        var flicker = Clip(0, 20, 0, 20, 0);

        Assert.Equal(10 / 255.0, ClipMeasures.MotionAmount(fade), 1e-9);
        Assert.Equal(0, ClipMeasures.Flicker(fade), 1e-9);
        Assert.Equal(40 / 255.0, ClipMeasures.Flicker(flicker), 1e-9);
    }

    [Fact]
    public void Stripes_are_sharper_than_a_ramp_and_a_flat_picture_is_not_sharp()
    {
        var stripes = Picture(x => x % 2 == 0 ? 0 : 255);
        var ramp = Picture(x => x * 10);

        Assert.Equal(0, ClipMeasures.Sharpness(Clip(9), 0));
        Assert.True(ClipMeasures.Sharpness(stripes, 0) > 10 * ClipMeasures.Sharpness(ramp, 0));
    }

    [Fact]
    public void Colours_are_summed_up()
    {
        var red = ColorStatistics.Of(new RgbClip([255, 0, 0, 255, 0, 0], 2, 1));
        var blackAndWhite = ColorStatistics.Of(new RgbClip([0, 0, 0, 255, 255, 255], 2, 1));

        Assert.Equal(new ColorStatistics(1 / 3.0, 0, 1, 0), red);
        Assert.Equal(new ColorStatistics(0.5, 0.5, 0, 0.5), blackAndWhite);
        Assert.Equal(0, red.Distance(red));
        Assert.Equal(Math.Sqrt(1 / 36.0 + 0.25 + 1 + 0.25), red.Distance(blackAndWhite), 1e-9);
    }

    // 2x2 pixels of one grey a frame.
    private static RgbClip Clip(params byte[] greys) => new([.. greys.SelectMany(grey => Enumerable.Repeat(grey, 12))], 2, 2);

    private static RgbClip Picture(Func<int, int> grey) =>
        new([.. Enumerable.Range(0, 8).SelectMany(_ => Enumerable.Range(0, 8).SelectMany(x => Enumerable.Repeat((byte)grey(x), 3)))], 8, 8);
}
