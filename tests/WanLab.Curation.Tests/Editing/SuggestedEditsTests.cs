using WanLab.Curation.Editing;
using WanLab.Curation.Motion;
using WanLab.Curation.Scanning;

namespace WanLab.Curation.Tests.Editing;

public sealed class SuggestedEditsTests
{
    private static readonly ClipCuration Untouched = new();

    [Fact]
    public void A_clip_is_trimmed_to_its_motion_and_black_at_its_ends_goes_too()
    {
        var scan = Scan(1, 7, Finding(FindingKind.Black, 0.5, 1.5), Finding(FindingKind.Black, 6.5, 8), Finding(FindingKind.Black, 3, 3.2));
        var edit = SuggestedEdits.TrimToMotion(Untouched, scan);
        Assert.Equal([new ClipPart(36, 156)], edit.After.Parts);
        Assert.Equal("trim to the motion, 1.5 to 6.5 s", edit.Words);
        Assert.Equal(edit.After, SuggestedEdits.TrimToMotion(edit.After, scan).After);
    }

    [Fact]
    public void Parts_that_were_made_before_keep_what_moves_of_them()
    {
        var scan = Scan(2, 6);
        var facts = scan.Facts!;
        var split = ClipEdits.Split(Untouched, [24, 96], facts);
        // The first second is a part that does not move at all.
        Assert.Equal([new ClipPart(48, 96), new ClipPart(96, 144)], SuggestedEdits.TrimToMotion(split, scan).After.Parts);
        Assert.Equal([new ClipPart(0, 24), new ClipPart(24, 96), new ClipPart(96, 144)],
            SuggestedEdits.TrimToMotion(split, scan, part: 3).After.Parts);
        var before = ClipEdits.Trim(Untouched, 0, 40, facts);
        Assert.Equal(new SuggestedEdit(before, "no trim: nothing that moves is left of it"), SuggestedEdits.TrimToMotion(before, scan));
    }

    [Theory]
    [InlineData(0, 8, "no trim: it moves from its first frame to its last")]
    [InlineData(0, 0, "no trim: nothing in it moves")]
    [InlineData(7.6, 8, "no trim: only 0.4 s of it seem to move")]
    public void A_clip_that_has_nothing_to_trim_stays_and_says_why(double from, double to, string words) =>
        Assert.Equal(new SuggestedEdit(Untouched, words), SuggestedEdits.TrimToMotion(Untouched, Scan(from, to)));

    [Fact]
    public void Cuts_split_the_parts_that_they_lie_in_and_no_others()
    {
        var scan = Scan(0, 8, Finding(FindingKind.Cut, 1, 1), Finding(FindingKind.Cut, 4, 4));
        var edit = SuggestedEdits.SplitAtCuts(ClipEdits.Trim(Untouched, 48, 192, scan.Facts!), scan);
        Assert.Equal([new ClipPart(48, 96), new ClipPart(96, 192)], edit.After.Parts);
        Assert.Equal("split at the cut, 4 s", edit.Words);
        Assert.Equal("no split: no cut lies within its parts", SuggestedEdits.SplitAtCuts(edit.After, scan).Words);
    }

    [Fact]
    public void Bars_are_cropped_away_unless_the_clip_has_a_crop_of_its_own()
    {
        var scan = Scan(0, 8, Finding(FindingKind.Bars, 0, 8) with { Area = new PictureArea(0, 0.1, 1, 0.8) });
        var edit = SuggestedEdits.RemoveBars(Untouched, scan);
        Assert.Equal(new PixelArea(0, 36, 640, 288), Assert.Single(edit.After.Parts).Crop);
        Assert.Equal("remove the bars, crop 640x288+0+36", edit.Words);
        var own = ClipEdits.Crop(Untouched, new PixelArea(0, 0, 360, 360), scan.Facts!);
        Assert.Equal(own, SuggestedEdits.RemoveBars(own, scan).After);
    }

    [Fact]
    public void A_clip_is_bad_if_it_is_a_copy_still_black_or_unusable_and_a_copy_of_a_dropped_one_is_not()
    {
        string? Why(ClipFinding finding, bool isDropped = false) => ClipSuggestions.WhyBad(Scan(0, 8, finding), _ => isDropped);
        Assert.NotNull(Why(Finding(FindingKind.NoMotion, 0, 8)));
        Assert.NotNull(Why(Finding(FindingKind.Black, 0, 8)));
        Assert.Null(Why(Finding(FindingKind.Black, 0, 1)));
        Assert.Null(Why(Finding(FindingKind.Blurred, 0, 8)));
        var copy = Finding(FindingKind.Duplicate, 0, 8) with { Other = "b.mp4" };
        Assert.NotNull(Why(copy));
        Assert.Null(Why(copy, isDropped: true));
        var broken = new ClipScan { Path = "a.mp4", Findings = [Finding(FindingKind.Unusable, 0, 0)] };
        Assert.NotNull(ClipSuggestions.WhyBad(broken, _ => false));
    }

    [Fact]
    public void All_suggestions_are_made_at_once_and_each_is_said()
    {
        var bars = Finding(FindingKind.Bars, 0, 8) with { Area = new PictureArea(0.25, 0, 0.5, 1) };
        var scan = Scan(1, 8, Finding(FindingKind.Cut, 4, 4), bars);
        var (after, words) = ClipSuggestions.Of(Untouched, scan, null);
        var crop = new PixelArea(160, 0, 320, 360);
        Assert.Equal([new ClipPart(24, 96) { Crop = crop }, new ClipPart(96, 192) { Crop = crop }], after.Parts);
        Assert.Equal(["split at the cut, 4 s", "trim to the motion, 1 to 8 s", "remove the bars, crop 320x360+160+0"], words);
        Assert.Equal((after, 0), (ClipSuggestions.Of(after, scan, null) is var again ? again.After : after, again.Words.Count));
        Assert.Equal(["drop: shows the same"], ClipSuggestions.Of(after, scan, "shows the same.").Words);
    }

    [Fact]
    public void A_suggestion_in_words_is_empty_once_it_is_followed()
    {
        var scan = Scan(1, 8, Finding(FindingKind.Cut, 4, 4));
        Assert.Equal("split at the cut, 4 s, trim to the motion, 1 to 8 s", ClipSuggestions.Words(Untouched, scan, None));
        Assert.Equal("", ClipSuggestions.Words(ClipSuggestions.Apply(Untouched, scan, None), scan, None));
        var dark = Scan(1, 8, Finding(FindingKind.Dark, 0, 8));
        Assert.Equal("drop: found", ClipSuggestions.Words(Untouched, dark, None));
        Assert.Equal("", ClipSuggestions.Words(ClipSuggestions.Apply(Untouched, dark, None), dark, None));
        Assert.Null(ClipSuggestions.WhyBad(dark, _ => false));
    }

    private static ClipFinding Finding(FindingKind kind, double from, double to) => new(kind, from, to, "found.");

    // Eight seconds at 24 frames a second.
    private static ClipScan Scan(double from, double to, params ClipFinding[] findings) => new()
    {
        Path = "a.mp4",
        Facts = Facts.Of(192),
        Findings = findings,
        Motion = new ClipMotion
        {
            Camera = CameraMove.PanLeft, Speed = 0.1, Confidence = 0.9, Subject = 0, StartsAt = from, EndsAt = to,
            Curve = [], Phrase = "pan left",
        },
    };

    private static bool None(string clip) => false;
}
