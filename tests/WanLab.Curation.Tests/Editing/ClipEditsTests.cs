using WanLab.Curation.Editing;
using WanLab.Curation.Scanning;

namespace WanLab.Curation.Tests.Editing;

public sealed class ClipEditsTests
{
    private static readonly ClipCuration Whole = new();

    [Fact]
    public void A_trim_keeps_a_range_and_a_later_one_may_widen_it()
    {
        var facts = Facts.Of(240);
        var trimmed = ClipEdits.Trim(Whole, 70, 192, facts);
        Assert.Equal([new ClipPart(70, 192)], trimmed.Parts);
        Assert.Equal([new ClipPart(10, 200)], ClipEdits.Trim(trimmed, 10, 200, facts).Parts);
        Assert.True(ClipEdits.Trim(trimmed, 0, 240, facts).IsWhole);
    }

    [Fact]
    public void A_trim_keeps_the_crop_and_a_crop_the_trim()
    {
        var facts = Facts.Of(240);
        var area = new PixelArea(0, 24, 640, 312);
        var either = ClipEdits.Trim(ClipEdits.Crop(Whole, area, facts), 5, 9, facts);
        Assert.Equal([new ClipPart(5, 9) { Crop = area }], either.Parts);
        Assert.Equal(either, ClipEdits.Crop(ClipEdits.Trim(Whole, 5, 9, facts), area, facts));
        Assert.Equal([new ClipPart(5, 9)], ClipEdits.Crop(either, null, facts).Parts);
    }

    [Fact]
    public void A_split_makes_parts_that_lie_next_to_each_other()
    {
        var facts = Facts.Of(100);
        var split = ClipEdits.Split(Whole, [40, 70], facts);
        Assert.Equal([new ClipPart(0, 40), new ClipPart(40, 70), new ClipPart(70, 100)], split.Parts);
        Assert.Equal(split, ClipEdits.Split(split, [40], facts));
        Assert.Equal([new ClipPart(0, 40), new ClipPart(70, 100)], ClipEdits.Drop(split, facts, 2).Parts);
    }

    [Fact]
    public void Several_parts_are_trimmed_one_at_a_time()
    {
        var facts = Facts.Of(100);
        var split = ClipEdits.Split(Whole, [40], facts);
        Assert.Contains("--part", Assert.Throws<WanLabException>(() => ClipEdits.Trim(split, 3, 9, facts)).Message);
        Assert.Equal([new ClipPart(0, 40), new ClipPart(50, 90)], ClipEdits.Trim(split, 50, 90, facts, 2).Parts);
        Assert.Contains("no part 3", Assert.Throws<WanLabException>(() => ClipEdits.Trim(split, 3, 9, facts, 3)).Message);
    }

    [Fact]
    public void A_split_outside_of_a_trim_is_an_error()
    {
        var facts = Facts.Of(100);
        var trimmed = ClipEdits.Trim(Whole, 50, 90, facts);
        Assert.Contains("trimmed away", Assert.Throws<WanLabException>(() => ClipEdits.Split(trimmed, [20], facts)).Message);
    }

    [Fact]
    public void Bars_are_cut_away_inwards_and_in_even_numbers()
    {
        var facts = Facts.Of(10, width: 1280, height: 720);
        var finding = new ClipFinding(FindingKind.Bars, 0, 1, "") { Area = new PictureArea(0, 91 / 720.0, 1, 537 / 720.0) };
        Assert.Equal(new PixelArea(0, 92, 1280, 536), ClipEdits.RemoveBars(Whole, finding, facts).Parts[0].Crop);
        var cut = new ClipFinding(FindingKind.Cut, 0, 1, "");
        Assert.Throws<ArgumentException>(() => ClipEdits.RemoveBars(Whole, cut, facts));
    }

    [Fact]
    public void A_dropped_clip_comes_back_with_its_parts_and_a_reset_one_without()
    {
        var facts = Facts.Of(100);
        var edited = ClipEdits.Rename(ClipEdits.Trim(Whole, 5, 9, facts), "new");
        Assert.Equal(edited, ClipEdits.Restore(ClipEdits.Drop(edited)));
        Assert.Equal(Whole, ClipEdits.Reset(ClipEdits.Drop(edited)));
        Assert.Contains("only part", Assert.Throws<WanLabException>(() => ClipEdits.Drop(edited, facts, 1)).Message);
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData(".a")]
    [InlineData("a\n")]
    [InlineData("con:1")]
    public void A_name_that_is_none_is_refused(string name) => Assert.Throws<WanLabException>(() => ClipEdits.Rename(Whole, name));

    [Theory]
    [InlineData("16:9", 1440, 1080, 0, 134, 1440, 810)]
    [InlineData("1:1", 640, 360, 140, 0, 360, 360)]
    [InlineData("1:1@left", 640, 360, 0, 0, 360, 360)]
    [InlineData("1:1@right", 640, 360, 280, 0, 360, 360)]
    [InlineData("9:16@25%", 640, 360, 110, 0, 202, 360)]
    [InlineData("4:3@bottom", 720, 1280, 0, 740, 720, 540)]
    [InlineData("640x312+0+24", 640, 360, 0, 24, 640, 312)]
    [InlineData("101x51+3+5", 640, 360, 4, 6, 100, 50)]
    public void A_crop_is_read_and_becomes_even(string text, int width, int height, int x, int y, int w, int h) =>
        Assert.Equal(new PixelArea(x, y, w, h), CropChoice.Parse(text, Facts.Of(9, width: width, height: height)));

    [Theory]
    [InlineData("16x9", "is no crop")]
    [InlineData("0:9", "is no shape")]
    [InlineData("1:1@there", "no place 'there'")]
    [InlineData("1:1@101%", "no place")]
    [InlineData("100:1", "at least 16")]
    [InlineData("640x360+2+0", "leaves the picture")]
    [InlineData("99999999999x2+0+0", "too large")]
    public void A_crop_that_is_none_is_refused(string text, string words) =>
        Assert.Contains(words, Assert.Throws<WanLabException>(() => CropChoice.Parse(text, Facts.Of(9))).Message);

    [Theory]
    [InlineData("2.9-8.0", 70, 192)]
    [InlineData("2.92-8", 70, 192)]
    [InlineData("f70-f192", 70, 192)]
    [InlineData("2.9-", 70, 240)]
    [InlineData("-f9", 0, 9)]
    [InlineData("0-10", 0, 240)]
    public void A_range_is_read(string text, int first, int end) => Assert.Equal((first, end), TimeRange.Parse(text, Facts.Of(240)));

    [Theory]
    [InlineData("3")]
    [InlineData("-")]
    [InlineData("5-5")]
    [InlineData("8-2")]
    [InlineData("f10-f241")]
    [InlineData("2-90")]
    [InlineData("1e1-12")]
    [InlineData("a-b")]
    public void A_range_that_is_none_is_refused(string text) =>
        Assert.Throws<WanLabException>(() => TimeRange.Parse(text, Facts.Of(240)));

    [Fact]
    public void Places_of_a_split_are_nearest_frames_by_time_where_the_rate_varies()
    {
        var facts = Facts.Of(4) with { FrameTimes = [0, 0.1, 1, 1.1], Fps = 3 / 1.1 };
        Assert.Equal([1, 2], TimeRange.Places("0.2,0.9", facts));
        Assert.Contains("nothing to split", Assert.Throws<WanLabException>(() => TimeRange.Places("0", facts)).Message);
    }
}
