using WanLab.Datasets;
using WanLab.Media;
using WanLab.Review;
using WanLab.Review.Measures;
using WanLab.Runs;
using WanLab.Testing;

namespace WanLab.Tests.Review;

public sealed class PreviewChangeTests : IDisposable
{
    private static readonly string Clips = Path.Combine(Repository.Root, "datasets-example");

    private readonly TempFolder _folder = new();

    // Measuring takes seconds, so what several tests look at is measured once.
    private static readonly Lazy<IReadOnlyList<Clip>> Neon = new(() => Read("neon"));
    private static readonly Lazy<IReadOnlyList<(RgbClip, double)>> NeonMeasured = new(() => Measured(Neon.Value));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Previews_that_move_as_the_clips_do_are_said_to()
    {
        var clips = Read("orbit");
        var change = PreviewChange.Of([Still(clips[1]), Whole(clips[1], 10)], Measured(clips))!;

        Assert.Equal((10, CameraMotion.OrbitRight), (change.Step, change.Motion));
        Assert.InRange(change.Base, -2, 2);
        Assert.InRange(change.Now / change.Clips, 0.7, 1.4);
        Assert.Equal("The camera moves as in the clips.", change.Verdict);

        var still = PreviewChange.Of([Still(clips[0]), Still(clips[1]) with { Step = 10 }], Measured(clips))!;
        Assert.Equal("The camera does not move as in the clips yet.", still.Verdict);
    }

    [Fact]
    public void Of_clips_that_share_no_motion_the_colours_are_judged()
    {
        var (neon, orbit) = (Neon.Value, Read("orbit"));
        var change = PreviewChange.Of([Whole(orbit[0], 0), Whole(neon[0], 10)], NeonMeasured.Value)!;

        Assert.Equal(CameraMotion.Static, change.Motion);
        Assert.True(change.NowColors < 0.35 * change.BaseColors, $"{change}");
        Assert.Equal("The colours are those of the clips.", change.Verdict);
        Assert.Equal("By camera and colours the previews are hardly nearer to the clips; for a character or a detail, look at them.",
            PreviewChange.Of([Whole(orbit[0], 0), Whole(orbit[1], 10)], NeonMeasured.Value)!.Verdict);
    }

    [Fact]
    public void Without_a_preview_of_the_base_model_nothing_is_said() =>
        Assert.Null(PreviewChange.Of([Whole(Neon.Value[0], 10)], NeonMeasured.Value));

    private static IReadOnlyList<Clip> Read(string name) =>
        [.. ClipLibrary.Scan(new DatasetOptions { Path = Path.Combine(Clips, name, "clips"), NumFrames = 17 }).Clips.Take(2)];

    private static IReadOnlyList<(RgbClip, double)> Measured(IReadOnlyList<Clip> clips) =>
        [.. clips.Select(clip => PreviewChange.Read(clip.Path, clip.Info, 25))];

    private static RunSample Whole(Clip clip, int step) => new(step, 0, clip.Path);

    private RunSample Still(Clip clip)
    {
        var file = _folder[clip.Name];
        var frame = RgbClip.Read(clip.Path, 64, 64).Part(0, 1).Pixels;
        Mp4Writer.Write(file, [.. Enumerable.Repeat(frame, 17).SelectMany(pixels => pixels)], 64, 64);
        return new RunSample(0, 0, file);
    }
}
