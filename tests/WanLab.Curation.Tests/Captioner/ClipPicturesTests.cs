using WanLab.Captioner;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Tests.Captioner;

public sealed class ClipPicturesTests
{
    [Fact]
    public void Pictures_are_the_frames_of_the_clip_evenly_spread_and_made_small()
    {
        using var clips = RecipeClips.Of(9);
        var clip = Path.Combine(clips.Clips, "clip00.mp4");
        var facts = VideoProbe.Probe(clip);
        var pictures = ClipPictures.Read(clip, facts, frames: 3, longestSide: 24, default);
        var frames = RgbClip.Read(clip, 24, 24);
        Assert.Equal(3, pictures.Count);
        foreach (var (k, number) in FrameSampler.Uniform(9, 3).Index())
        {
            var file = clips.At($"{k}.jpg");
            File.WriteAllBytes(file, pictures[k]);
            var read = RgbClip.Read(file);
            Assert.Equal((24, 24, 1), (read.Width, read.Height, read.Frames));
            Assert.InRange(Difference(read.Frame(0), frames.Frame(number)), 0, 8);
        }
        Assert.Equal(9, ClipPictures.Count(facts, 50));
    }

    [Theory]
    [InlineData(1920, 1080, 512, 288)]
    [InlineData(1080, 1920, 288, 512)]
    [InlineData(320, 240, 320, 240)]
    [InlineData(4000, 3, 512, 2)]
    public void A_picture_keeps_its_shape_and_is_never_made_larger(int width, int height, int toWidth, int toHeight) =>
        Assert.Equal((toWidth, toHeight),
            ClipPictures.Size(new MediaFacts { Width = width, Height = height, FrameTimes = [0], Fps = 1 }, 512));

    private static double Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var sum = 0;
        for (var k = 0; k < a.Length; k++) sum += Math.Abs(a[k] - b[k]);
        return (double)sum / a.Length;
    }
}
