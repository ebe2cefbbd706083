using WanLab.Curation.Advice;
using WanLab.Curation.Editing;
using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;
using WanLab.Curation.Tests.Editing;
using WanLab.Curation.Tests.Editing.Applying;
using WanLab.Datasets;
using WanLab.Jobs.Recipes;

namespace WanLab.Curation.Tests.Advice;

public sealed class DatasetAdviceTests
{
    private static readonly DatasetOptions Options = new() { Path = "x", NumFrames = 41, FrameSampling = FrameSampling.Native };

    [Fact]
    public void A_good_set_is_called_fit_and_what_was_not_measured_is_said()
    {
        var advice = Of(RecipeKind.Motion, Good(12));
        Assert.All(advice.Checks, check => Assert.True(check.Grade is AdviceGrade.Good or AdviceGrade.Unknown, $"{check}"));
        Assert.Equal("fit for a motion LoRA (not looked at: faults, share of motion, one motion)", advice.Verdict);
        Assert.Equal(AdviceGrade.Good, advice.Grade);
    }

    [Theory]
    [InlineData(RecipeKind.Motion, 4, "Poor")]
    [InlineData(RecipeKind.Motion, 9, "Fair")]
    [InlineData(RecipeKind.Motion, 10, "Good")]
    [InlineData(RecipeKind.Motion, 60, "Good")]
    [InlineData(RecipeKind.Character, 15, "Fair")]
    [InlineData(RecipeKind.Character, 20, "Good")]
    [InlineData(RecipeKind.Style, 15, "Good")]
    public void The_number_that_suits_depends_on_the_kind(RecipeKind kind, int count, string grade) =>
        Assert.Equal(grade, $"{Check(Of(kind, Good(count)), "number").Grade}");

    [Fact]
    public void Clips_of_another_length_are_named_for_a_motion_and_allowed_for_a_style()
    {
        AdviceClip[] clips = [.. Good(10), Good(1)[0] with { Name = "long.mp4", Facts = Facts.Of(480, 24, 1280, 720) }];
        Assert.Equal((AdviceGrade.Fair, "long.mp4"), Named(Check(Of(RecipeKind.Motion, clips), "length")));
        Assert.Equal(AdviceGrade.Good, Check(Of(RecipeKind.Style, clips), "length").Grade);
    }

    [Fact]
    public void Short_small_slow_lonely_and_speechless_clips_are_named()
    {
        AdviceClip odd = Good(1)[0] with { Name = "odd.mov", Facts = Facts.Of(20, 10, 240, 426), Caption = null };
        var advice = Of(RecipeKind.Character, [.. Good(20), odd]);
        foreach (var name in (string[])["frames", "frame rate", "size", "buckets", "captions"])
            Assert.Equal((AdviceGrade.Fair, "odd.mov"), Named(Check(advice, name)));
        Assert.Equal("usable for a character LoRA; better with: frames, frame rate, size, buckets, captions (not looked at: faults)",
            advice.Verdict);
    }

    [Fact]
    public void One_scene_all_over_again_is_too_little_variety()
    {
        var one = Good(1)[0];
        var advice = Of(RecipeKind.Style, [.. Enumerable.Range(0, 12).Select(k => one with { Name = $"{k}.mp4" })]);
        var check = Check(advice, "variety");
        Assert.Equal((AdviceGrade.Poor, 12), (check.Grade, check.Clips.Count));
        Assert.StartsWith("about 1 scene in 12 clips", check.Found, StringComparison.Ordinal);
        Assert.StartsWith("not fit for a style LoRA yet: variety", advice.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mirrored_picture_is_the_same_scene_and_another_colour_is_not()
    {
        var sketch = Sketch(3);
        byte[] mirrored = [.. Enumerable.Range(0, FrameSketch.Side * FrameSketch.Side).SelectMany(k =>
            sketch.Pixels.Skip((k / FrameSketch.Side * FrameSketch.Side + FrameSketch.Side - 1 - k % FrameSketch.Side) * 3).Take(3))];
        Assert.True(sketch.IsLike(new FrameSketch(mirrored)));
        Assert.False(sketch.IsLike(new FrameSketch([.. sketch.Pixels.Select((value, k) => (byte)(k % 3 == 0 ? value / 2 : value))])));
        Assert.False(sketch.IsLike(Sketch(4)));
    }

    [Fact]
    public void A_clip_of_another_look_stands_out_for_a_style()
    {
        var grey = new FrameSketch([.. Enumerable.Repeat((byte)250, FrameSketch.Side * FrameSketch.Side * 3)]);
        AdviceClip[] clips = [.. Good(12), Good(1)[0] with { Name = "white.mp4", Sketch = grey }];
        Assert.Equal((AdviceGrade.Fair, "white.mp4"), Named(Check(Of(RecipeKind.Style, clips), "one look")));
        Assert.DoesNotContain(Of(RecipeKind.Motion, clips).Checks, check => check.Name == "one look");
    }

    [Fact]
    public void A_scan_says_how_much_moves_and_whether_all_move_alike()
    {
        AdviceClip[] clips = [.. Good(10).Select((clip, k) =>
            clip with { Scan = Scan(k == 3 ? CameraMove.TiltUp : CameraMove.PanLeft, 0, 5) })];
        var good = Of(RecipeKind.Motion, clips);
        Assert.Equal(AdviceGrade.Good, Check(good, "share of motion").Grade);
        Assert.Equal((AdviceGrade.Good, "9 of 10 clips: pan left"), (Check(good, "one motion").Grade, Check(good, "one motion").Found));
        AdviceClip[] late = [.. clips.Select((clip, k) =>
            clip with { Scan = Scan(k < 4 ? CameraMove.PanLeft : CameraMove.PanRight, 3, 5) })];
        var poor = Of(RecipeKind.Motion, late);
        Assert.Equal((AdviceGrade.Poor, "40% of the time something moves"),
            (Check(poor, "share of motion").Grade, Check(poor, "share of motion").Found));
        Assert.Equal((AdviceGrade.Fair, "6 of 10 clips: pan right; others: pan left 4"),
            (Check(poor, "one motion").Grade, Check(poor, "one motion").Found));
    }

    [Fact]
    public void A_fault_that_was_trimmed_away_is_no_longer_held_against_a_clip()
    {
        var scan = Scan(CameraMove.PanLeft, 2, 8) with
        {
            Findings = [new ClipFinding(FindingKind.Black, 0, 1, "black"), new ClipFinding(FindingKind.Cut, 6, 6, "cut")],
        };
        var whole = Good(1)[0] with { Scan = scan, Facts = Facts.Of(192, 24, 1280, 720) };
        var part = whole with { IsPart = true, From = 2, Facts = Facts.Of(96, 24, 1280, 720) };
        Assert.Contains("black 1, cut 1", Check(Of(RecipeKind.Motion, [whole]), "faults").Found);
        Assert.Equal(AdviceGrade.Good, Check(Of(RecipeKind.Motion, [part]), "faults").Grade);
        Assert.Equal("100% of the time something moves", Check(Of(RecipeKind.Motion, [part]), "share of motion").Found);
    }

    [Fact]
    public void A_folder_is_looked_through_with_its_edits()
    {
        using var folder = new ApplyFolder();
        EditClips.Make(folder.At("a.mp4"), 60, "24", "160x96");
        EditClips.Make(folder.At("b.mp4"), 20, "24", "160x96");
        File.WriteAllText(folder.At("c.mp4"), "no clip");
        File.WriteAllText(folder.At("a.txt"), "a caption");
        folder.Edit("a.mp4", (now, facts) => ClipEdits.Split(now, [20], facts));
        folder.Change("b.mp4", now => ClipEdits.Drop(now));
        var (clips, problems) = AdviceClips.Of(folder.Book());
        Assert.Equal([("a.mp4 part 1", 20, "a caption"), ("a.mp4 part 2", 40, "a caption")],
            clips.Select(clip => (clip.Name, clip.Facts.FrameCount, clip.Caption!)));
        Assert.All(clips, clip => Assert.NotNull(clip.Sketch));
        Assert.Equal("c.mp4", Path.GetFileName(Assert.Single(problems).Path));
        Assert.Equal(AdviceGrade.Poor, Check(Of(RecipeKind.Style, clips, problems), "usable files").Grade);
    }

    private static DatasetAdvice Of(RecipeKind kind, IReadOnlyList<AdviceClip> clips, IReadOnlyList<ClipProblem>? problems = null) =>
        DatasetAdvice.Of(kind, clips, problems ?? [], Options);

    private static AdviceCheck Check(DatasetAdvice advice, string name) => Assert.Single(advice.Checks, check => check.Name == name);

    private static (AdviceGrade, string) Named(AdviceCheck check) => (check.Grade, Assert.Single(check.Clips));

    private static AdviceClip[] Good(int count) => [.. Enumerable.Range(0, count).Select(k => new AdviceClip
    {
        Name = $"{k}.mp4",
        Facts = Facts.Of(120, 24, 1280, 720),
        Caption = "orbit",
        Sketch = Sketch(k),
    })];

    // Another picture for each number, and as bright as any.
    private static FrameSketch Sketch(int seed) => new([.. Enumerable.Range(0, FrameSketch.Side * FrameSketch.Side * 3)
        .Select(k => (byte)(40 + seed * 7 % 60 + CounterRandom.Uniform(seed, "pixel", k) * 130))]);

    private static ClipScan Scan(CameraMove camera, double from, double to) => new()
    {
        Path = "x",
        Motion = new ClipMotion
        {
            Camera = camera,
            Speed = 0.2,
            Confidence = 0.9,
            Subject = 0,
            StartsAt = from,
            EndsAt = to,
            Curve = [],
            Phrase = "moves",
        },
    };
}
