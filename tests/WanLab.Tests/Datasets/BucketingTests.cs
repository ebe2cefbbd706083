using FsCheck;
using FsCheck.Fluent;
using WanLab.Datasets;

namespace WanLab.Tests.Datasets;

public class BucketingTests
{
    [Theory]
    [InlineData(1920, 1080, 512, 672, 384)]
    [InlineData(1920, 1080, 768, 1024, 576)]
    [InlineData(1920, 1080, 1024, 1360, 768)]
    [InlineData(1280, 720, 512, 672, 384)]
    [InlineData(832, 480, 512, 672, 384)]
    [InlineData(1080, 1920, 512, 384, 672)]
    [InlineData(1024, 1024, 512, 512, 512)]
    public void Common_sizes_land_where_expected(int w, int h, int resolution, int bw, int bh) =>
        Assert.Equal(new Bucket(bw, bh), Bucketing.Choose(w, h, [resolution]));

    [Fact]
    public void The_largest_resolution_that_is_filled_wins_whatever_their_order()
    {
        Assert.Equal(new Bucket(1024, 576), Bucketing.Choose(1280, 720, [512, 768, 1024]));
        Assert.Equal(new Bucket(1360, 768), Bucketing.Choose(1920, 1080, [512, 1024, 768]));
        Assert.Equal(new Bucket(672, 384), Bucketing.Choose(832, 480, [512, 768]));
    }

    [Fact]
    public void A_clip_smaller_than_every_bucket_keeps_its_own_size()
    {
        Assert.Equal(new Bucket(640, 352), Bucketing.Choose(640, 360, [512]));
        Assert.Equal(new Bucket(112, 64), Bucketing.Choose(127, 64, [512, 768]));
        Assert.Equal(new Bucket(16, 16), Bucketing.Choose(16, 31, [512]));
    }

    [Fact]
    public void A_clip_below_16_pixels_has_no_bucket()
    {
        Assert.Null(Bucketing.Choose(15, 300, [512]));
        Assert.Null(Bucketing.Choose(300, 15, [512]));
    }

    [Fact]
    public void Buckets_are_divisible_within_the_area_never_larger_than_the_clip_and_of_its_shape() =>
        Prop.ForAll(
            Gen.Choose(16, 4000)
                .SelectMany(
                    w => Gen.Choose(16, 4000).SelectMany(h => Gen.Elements(256, 400, 512, 768, 1024).Select(r => (W: w, H: h, R: r))))
                .ToArbitrary(), x =>
        {
            var bucket = Bucketing.Choose(x.W, x.H, [x.R])!;
            // Each side is less than one step from the ideal, so the shapes differ by no more than that.
            var scale = Math.Min(1, x.R / Math.Sqrt((double)x.W * x.H));
            return bucket.Width % 16 == 0 && bucket.Height % 16 == 0
                && bucket.Width <= x.W && bucket.Height <= x.H
                && (long)bucket.Width * bucket.Height <= (long)x.R * x.R
                && Math.Abs(bucket.Width - x.W * scale) <= 16 && Math.Abs(bucket.Height - x.H * scale) <= 16;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_all_sizes_that_near_the_shape_chosen_is_the_nearest()
    {
        // Ideal 42.6 x 23.9 steps. 43 x 24 is over the area; 42 x 24 is nearer in shape than 43 x 23.
        Assert.Equal(new Bucket(672, 384), Bucketing.Choose(1820, 1020, [512]));
    }

    [Fact]
    public void The_fit_covers_the_bucket_without_upscaling() =>
        Prop.ForAll(Gen.Choose(16, 3000).SelectMany(w => Gen.Choose(16, 3000).Select(h => (W: w, H: h))).ToArbitrary(), x =>
        {
            var bucket = Bucketing.Choose(x.W, x.H, [512])!;
            var fit = bucket.Fit(Infos.At(16, 5, x.W, x.H));
            return fit.ScaleWidth <= x.W && fit.ScaleHeight <= x.H
                && fit.X >= 0 && fit.Y >= 0 && fit.X + fit.Width <= fit.ScaleWidth && fit.Y + fit.Height <= fit.ScaleHeight
                && (fit.ScaleWidth == fit.Width || fit.ScaleHeight == fit.Height);
        }).QuickCheckThrowOnFailure();
}
