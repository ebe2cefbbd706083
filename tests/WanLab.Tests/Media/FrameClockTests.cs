using WanLab.Datasets;
using WanLab.Media;
using WanLab.Testing;

namespace WanLab.Tests.Media;

public sealed class FrameClockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing_times_follow_from_their_neighbours()
    {
        var (times, fps) = FrameClock.Of([null, 1.1, null, 1.3, 1.4, null, null], 32, 0.7);
        Assert.Equal(7, times.Length);
        for (var k = 0; k < 7; k++) Assert.Equal(k * 0.1, times[k], 1e-9);
        Assert.Equal(10, fps, 1e-9);
    }

    [Fact]
    public void A_time_that_leaps_is_not_believed()
    {
        var (times, _) = FrameClock.Of([0, 0.1, 99, 0.3, 0.05, 0.5], 10, 0.6);
        for (var k = 0; k < 6; k++) Assert.Equal(k * 0.1, times[k], 1e-9);
    }

    [Fact]
    public void Without_times_the_headers_rate_is_checked_against_the_duration()
    {
        Assert.Equal(16, FrameClock.Of(new double?[48], 32, 3).Fps);
        Assert.Equal(24, FrameClock.Of(new double?[48], 24, 2.02).Fps);
        Assert.Equal(24, FrameClock.Of(new double?[48], 24, 0).Fps);
    }

    [Fact]
    public void B_frames_in_avi_keep_their_rate()
    {
        BarClips.Make(_folder["a.mp4"], 48, "16", BarClips.H264WithBFrames);
        BarClips.Convert("-i", _folder["a.mp4"], "-c", "copy", _folder["a.avi"]);
        var facts = VideoProbe.Probe(_folder["a.avi"]);
        Assert.Equal(48, facts.FrameCount);
        Assert.Equal(16, facts.Fps, 0.1);
        Assert.Equal(Enumerable.Range(0, 17), FrameSampler.Window(facts.FrameTimes, 17, 0));
    }

    [Fact]
    public void Uniform_frames_of_a_variable_rate_are_even_in_time()
    {
        // 8 frames a second for 2 s, then 32 for 1 s.
        double[] times = [.. Enumerable.Range(0, 16).Select(k => k / 8.0), .. Enumerable.Range(0, 32).Select(k => 2 + k / 32.0)];
        Assert.True(FrameClock.IsVariable(times));
        var facts = new MediaFacts { Width = 64, Height = 48, FrameTimes = times, Fps = 47 / times[^1], IsVariable = true };
        var picked = FrameSampler.Uniform(facts, 9);
        for (var i = 0; i < 9; i++) Assert.Equal(i * times[^1] / 8, times[picked[i]], 0.07);
        Assert.NotEqual(FrameSampler.Uniform(48, 9), picked);
    }

    [Fact]
    public void Times_rounded_by_the_container_are_no_variable_rate()
    {
        double[] times = [.. Enumerable.Range(0, 300).Select(k => Math.Round(k / 29.97, 3))];
        Assert.False(FrameClock.IsVariable(times));
        var facts = new MediaFacts { Width = 64, Height = 48, FrameTimes = times, Fps = 29.97 };
        Assert.Equal(FrameSampler.Uniform(300, 41), FrameSampler.Uniform(facts, 41));
    }

    [Fact]
    public void A_few_frames_that_cannot_be_decoded_are_named_and_the_clip_is_used()
    {
        DamagedClip.Make(_folder["a.mp4"], 40, from: 20, to: 21);
        var facts = VideoProbe.Probe(_folder["a.mp4"]);
        Assert.Equal(39, facts.FrameCount);
        Assert.Equal(new MediaGap(19 / 16.0, 21 / 16.0, 1), Assert.Single(facts.Gaps), (a, b) => a.Frames == b.Frames
            && Math.Abs(a.From - b.From) < 0.001 && Math.Abs(a.To - b.To) < 0.001);
        Assert.Contains(facts.Warnings, warning => warning.Contains("1 of 40 frames cannot be decoded, at 1.19 s"));
    }
}
