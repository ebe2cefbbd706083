using FsCheck;
using FsCheck.Fluent;
using WanLab.Datasets;
using WanLab.Models;
using WanLab.Torch.Interop;

namespace WanLab.Tests.Datasets;

public class FrameSamplerTests
{
    [Fact]
    public void Uniform_spreads_over_the_whole_clip()
    {
        Assert.Equal([0, 20, 40, 60, 80], FrameSampler.Uniform(81, 5));
        Assert.Equal([0, 2, 5, 8, 10], FrameSampler.Uniform(11, 5)); // 2.5 and 7.5 go to the even neighbour
        Assert.Equal([0, 1, 2, 3, 4], FrameSampler.Uniform(5, 5));
        Assert.Equal([0], FrameSampler.Uniform(81, 1));
    }

    [Fact]
    public void Uniform_starts_at_the_first_ends_at_the_last_and_never_repeats() =>
        Prop.ForAll(Gen.Choose(1, 40)
            .SelectMany(k => Gen.Choose(4 * k + 1, 2000).Select(frames => (Count: 4 * k + 1, Frames: frames)))
            .ToArbitrary(), x =>
        {
            var indices = FrameSampler.Uniform(x.Frames, x.Count);
            return indices[0] == 0 && indices[^1] == x.Frames - 1 && indices.Zip(indices.Skip(1)).All(p => p.First < p.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_window_follows_16_frames_a_second()
    {
        Assert.Equal([0, 2, 4, 6, 8], FrameSampler.Window(Infos.At(32, 100).FrameTimes, 5, 0));
        // 1.5 is as near to 1 as to 2: 1.
        Assert.Equal([0, 1, 3, 4, 6, 7, 9, 10, 12], FrameSampler.Window(Infos.At(24, 100).FrameTimes, 9, 0));
        Assert.Equal([16, 17, 18, 19, 20], FrameSampler.Window(Infos.At(16, 100).FrameTimes, 5, 1));
        Assert.Equal([99, 99], FrameSampler.Window(Infos.At(16, 100).FrameTimes, 2, 50));
    }

    [Fact]
    public void A_window_of_a_variable_rate_goes_by_the_frames_own_times()
    {
        double[] times = [0, 0.01, 0.02, 0.0625, 0.125, 0.3, 0.31];
        Assert.Equal([0, 3, 4, 4, 5], FrameSampler.Window(times, 5, 0));
    }

    [Fact]
    public void Every_second_tie_of_24_frames_a_second_is_resolved_alike_however_times_are_rounded()
    {
        foreach (var digits in new[] { 3, 6 })
        {
            var times = Enumerable.Range(0, 200).Select(i => Math.Round(i / 24.0, digits)).ToList();
            Assert.Equal(Enumerable.Range(0, 121).Select(i => i * 3 / 2), FrameSampler.Window(times, 121, 0));
        }
    }

    [Fact]
    public void Every_frame_of_a_native_window_is_the_nearest_and_inside_the_clip() =>
        Prop.ForAll(
            Gen.Choose(160, 6000)
                .SelectMany(fps =>
                    Gen.Choose(0, 999).SelectMany(u => Gen.Choose(1, 20).Select(k => (Fps: fps / 100.0, U: u / 1000.0, Count: 4 * k + 1))))
                .ToArbitrary(), x =>
        {
            var info = Infos.At(x.Fps, 400);
            if (FrameSampler.WhyNot(info, FrameSampling.Native, x.Count) is not null) return info.Duration < x.Count / 16.0;
            var start = FrameSampler.NativeStart(info, x.Count, x.U);
            var indices = FrameSampler.Window(info.FrameTimes, x.Count, start);
            return start >= 0 && indices.Select((index, i) => Math.Abs(info.FrameTimes[index] - start - i / 16.0)).All(
                off => off <= 0.5 / x.Fps + 0.0005001);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_random_number_moves_a_native_window_from_the_first_start_to_the_last()
    {
        var info = Infos.At(16, 101);
        Assert.Equal(0, FrameSampler.NativeStart(info, 41, 0));
        Assert.Equal(60 / 16.0 / 2, FrameSampler.NativeStart(info, 41, 0.5), 1e-9);
        Assert.Equal(100, FrameSampler.Window(info.FrameTimes, 41, FrameSampler.NativeStart(info, 41, 0.999999))[^1]);
    }

    [Theory]
    [InlineData(16, 81, 41, 1)]
    [InlineData(16, 82, 41, 2)]
    [InlineData(16, 123, 41, 3)]
    [InlineData(16, 40, 41, 0)]
    [InlineData(24, 61, 41, 1)]
    [InlineData(30, 300, 49, 3)]
    public void Chunks_are_counted_without_overlap(double fps, int frames, int count, int chunks) =>
        Assert.Equal(chunks, FrameSampler.ChunkCount(Infos.At(fps, frames), count));

    [Fact]
    public void Chunks_share_no_frame_at_16_frames_a_second()
    {
        var info = Infos.At(16, 130);
        var all = Enumerable.Range(0, 3).SelectMany(k => FrameSampler.Window(info.FrameTimes, 41, k * 41 / 16.0));
        Assert.Equal(Enumerable.Range(0, 123), all);
    }

    [Theory]
    [InlineData(16, 41, 1.0)]
    [InlineData(24, 61, 1.0)]
    [InlineData(24, 121, 2.0)]
    [InlineData(32, 41, 0.5)]
    public void Speed_is_time_in_the_clip_over_time_in_the_model(double fps, int frames, double speed) =>
        Assert.Equal(speed, FrameSampler.Speed(Infos.At(fps, frames), FrameSampler.Uniform(frames, 41)), 1e-9);

    [Fact]
    public void A_single_frame_has_true_speed() => Assert.Equal(1, FrameSampler.Speed(Infos.At(24, 1), [0]));

    [Fact]
    public void Too_short_is_said_with_what_would_fit()
    {
        Assert.Equal("has 40 frames, num_frames asks for 41. Use a longer clip or num_frames 37; frames are never repeated to fill up.",
            FrameSampler.WhyNot(Infos.At(16, 40), FrameSampling.Uniform, 41));
        Assert.Null(FrameSampler.WhyNot(Infos.At(16, 41), FrameSampling.Uniform, 41));
        foreach (var sampling in new[] { FrameSampling.Native, FrameSampling.Head, FrameSampling.Chunks })
        {
            // 48 frames would do for uniform, but last only two seconds.
            Assert.StartsWith("lasts 2 s, 41 frames at 16 fps need 2.56 s. Use a longer clip or num_frames 29",
                FrameSampler.WhyNot(Infos.At(24, 48), sampling, 41));
            Assert.Null(FrameSampler.WhyNot(Infos.At(24, 48), sampling, 29));
            Assert.Null(FrameSampler.WhyNot(Infos.At(24, 61), sampling, 41));
            Assert.Null(FrameSampler.WhyNot(Infos.At(1, 1), sampling, 1));
        }
    }
}
