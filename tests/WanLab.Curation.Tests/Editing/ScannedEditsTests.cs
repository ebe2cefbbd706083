using WanLab.Curation.Editing;
using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;

namespace WanLab.Curation.Tests.Editing;

public sealed class ScannedEditsTests
{
    private static readonly ClipCuration Whole = new();

    [Fact]
    public void A_trim_to_the_motion_takes_the_frames_from_its_start_to_its_end()
    {
        Assert.Equal([new ClipPart(70, 192)], ScannedEdits.TrimToMotion(Whole, Found(2.9, 8)).Parts);
        Assert.Contains("nothing moves", Throws(() => ScannedEdits.TrimToMotion(Whole, Found(10, 10))));
        Assert.Contains("nothing to trim away", Throws(() => ScannedEdits.TrimToMotion(Whole, Found(0, 10))));
    }

    [Fact]
    public void A_split_at_cuts_takes_the_frames_that_begin_a_shot_and_lie_in_what_is_kept()
    {
        var found = Found(0, 10, new ClipFinding(FindingKind.Cut, 40 / 24.0, 40 / 24.0, ""), new ClipFinding(FindingKind.Cut, 5, 5, ""));
        Assert.Equal([new ClipPart(0, 40), new ClipPart(40, 120), new ClipPart(120, 240)], ScannedEdits.SplitAtCuts(Whole, found).Parts);
        var trimmed = ClipEdits.Trim(Whole, 100, 200, found.Facts);
        Assert.Equal([new ClipPart(100, 120), new ClipPart(120, 200)], ScannedEdits.SplitAtCuts(trimmed, found).Parts);
        Assert.Contains("no cut", Throws(() => ScannedEdits.SplitAtCuts(ClipEdits.Trim(Whole, 130, 200, found.Facts), found)));
    }

    [Fact]
    public void Bars_that_were_found_are_cut_away()
    {
        var bars = new ClipFinding(FindingKind.Bars, 0, 10, "") { Area = new PictureArea(0.25, 0, 0.5, 1) };
        Assert.Equal(new PixelArea(160, 0, 320, 360), ScannedEdits.WithoutBars(Whole, Found(0, 10, bars)).Parts[0].Crop);
        Assert.Contains("no bars", Throws(() => ScannedEdits.WithoutBars(Whole, Found(0, 10))));
    }

    private static string Throws(Action edit) => Assert.Throws<WanLabException>(edit).Message;

    private static ClipExamination Found(double from, double to, params ClipFinding[] findings) => new(Facts.Of(240), new ClipMotion
    {
        Camera = CameraMove.PanLeft,
        Speed = 1,
        Confidence = 1,
        Subject = 0,
        StartsAt = from,
        EndsAt = to,
        Curve = [],
        Phrase = "",
    }, findings, new ClipPrint([]), 1);
}
