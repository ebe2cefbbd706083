using WanLab.Curation.Editing;
using WanLab.Curation.Tests.Editing;
using WanLab.Curation.Tests.Editing.Applying;
using WanLab.Curation.Xray;
using WanLab.Datasets;
using WanLab.Media;

namespace WanLab.Curation.Tests.Xray;

public sealed class XrayTests : IDisposable
{
    private readonly ApplyFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FrameSampling.Native)]
    [InlineData(FrameSampling.Uniform)]
    [InlineData(FrameSampling.Head)]
    [InlineData(FrameSampling.Chunks)]
    public void The_frames_of_an_applied_clip_are_those_of_its_xray(FrameSampling sampling)
    {
        EditClips.Make(_folder.At("a.mp4"), 60, "24", "160x120");
        _folder.Edit("a.mp4", (now, facts) =>
            ClipEdits.Crop(ClipEdits.Trim(now, 8, 52, facts), CropChoice.Parse("16:9@top", facts), facts));
        var options = Options(_folder.Clips, sampling);
        var before = Xrays.Edited(_folder.Book(), options);
        _folder.Apply(lossless: true);
        var after = Xrays.Of(options with { Path = _folder.New });
        Assert.Equal(before.Items.Count, after.Items.Count);
        Assert.Equal(sampling == FrameSampling.Chunks ? 2 : 1, after.Items.Count);
        Assert.All(before.Items.Zip(after.Items), pair =>
        {
            Assert.Equal(pair.First.Frames, pair.Second.Frames);
            Assert.Equal(pair.First.Clip.Bucket, pair.Second.Clip.Bucket);
            Assert.Equal(pair.First.ReadFrames(), pair.Second.ReadFrames());
            // And they are what training reads: the same call with the clip's own frames.
            Assert.Equal(pair.Second.Clip.ReadFrames(pair.Second.Clip.PickFrames(0)), pair.Second.ReadFrames());
        });
        _folder.Apply();
        var close = Assert.IsType<ClipXray>(Xrays.Of(options with { Path = _folder.New }).Items[0]);
        var error = before.Items[0].ReadFrames().Zip(close.ReadFrames(), (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(error, 0.001, 2);
    }

    [Fact]
    public void What_is_cut_away_used_and_skipped_adds_up()
    {
        var facts = Facts.Of(144, 24, 1920, 1080);
        var clip = new Clip
        {
            Path = "a.mp4",
            Info = facts,
            Caption = "",
            Bucket = Bucketing.Choose(1920, 1080, [512])!,
            NumFrames = 41,
            Sampling = FrameSampling.Head,
        };
        var head = new ClipXray { Clip = clip };
        Assert.Equal(new Bucket(672, 384), clip.Bucket);
        Assert.Equal((5 / 683.0, 6 / 683.0, 0.0, 0.0), (head.Cut.Left, head.Cut.Right, head.Cut.Top, head.Cut.Bottom));
        Assert.Equal(683 / 1920.0, head.Scale);
        Assert.Equal(6 - 41 / 16.0, head.Skipped, 1e-9);
        Assert.Equal(61 / 24.0, head.Seconds, 1e-9);
        Assert.Equal(["3.4 s never seen"], head.Badges);
        var uniform = new ClipXray { Clip = clip with { Sampling = FrameSampling.Uniform } };
        Assert.Equal(["2.38 times as fast"], uniform.Badges);
        Assert.Equal((6.0, 0.0), (uniform.Seconds, uniform.Skipped));
        var chunks = new ClipXray { Clip = clip with { Sampling = FrameSampling.Chunks } };
        Assert.Equal(6 - 82 / 16.0, chunks.Skipped, 1e-9);
        var native = new ClipXray { Clip = clip with { Sampling = FrameSampling.Native }, Place = 0.5 };
        Assert.Equal(0, native.Skipped);
        Assert.Equal(41, native.Frames[0]); // (143/24 - 2.5) / 2 s from the start, as near to 41 as to 42
    }

    [Fact]
    public void A_clip_that_is_alone_in_its_bucket_is_named_with_the_crop_that_helps()
    {
        EditClips.Make(_folder.At("a.mp4"), 10, "16", "160x96");
        EditClips.Make(_folder.At("up.mp4"), 10, "16", "96x160");
        File.Copy(_folder.At("a.mp4"), _folder.At("b.mp4"));
        var xray = Xrays.Of(Options(_folder.Clips, FrameSampling.Native) with { NumFrames = 5, FlipX = true });
        Assert.Equal([false, false, false, false, true, true], xray.Items.Select(item => item.IsAlone));
        var warning = Assert.Single(xray.Warnings);
        Assert.StartsWith("up.mp4 is alone in the bucket 48x80 of 5 frames", warning, StringComparison.Ordinal);
        Assert.EndsWith("Cropped to 16:9, which costs 66% of the picture, it would join the 4 of 80x48.", warning,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_item_plays_what_the_model_is_shown()
    {
        EditClips.Make(_folder.At("a.mp4"), 40, "24", "160x96");
        var item = Assert.Single(Xrays.Of(Options(_folder.Clips, FrameSampling.Native)).Items);
        var file = Path.Combine(_folder.Clips, "..", "out.mp4");
        item.Write(file);
        var facts = VideoProbe.Probe(file);
        Assert.Equal((13, 16.0, "80x48"), (facts.FrameCount, facts.Fps, $"{facts.Width}x{facts.Height}"));
        EditClips.AssertClose(item.ReadFrames(), EditClips.Read(file, [.. Enumerable.Range(0, 13)]), most: 4);
    }

    [Fact]
    public void An_edit_that_leaves_too_little_is_a_problem_of_its_part_alone()
    {
        EditClips.Make(_folder.At("a.mp4"), 60, "24", "160x96");
        _folder.Edit("a.mp4", (now, facts) => ClipEdits.Split(now, [6], facts));
        var xray = Xrays.Edited(_folder.Book(), Options(_folder.Clips, FrameSampling.Native));
        Assert.Equal("a.mp4 from frame 6", Assert.Single(xray.Items).Name);
        Assert.Contains("13 frames at 16 fps need", Assert.Single(xray.Problems).Message);
    }

    private static DatasetOptions Options(string folder, FrameSampling sampling) => new()
    {
        Path = folder,
        NumFrames = 13,
        Resolutions = [64],
        FrameSampling = sampling,
        DefaultCaption = "a clip",
    };
}
