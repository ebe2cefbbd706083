using WanLab.Curation.Captioning;
using WanLab.Datasets;

namespace WanLab.Curation.Tests.Captioning;

public sealed class CaptionEditTests
{
    [Theory]
    [InlineData(@"\bcar\b", "bus", "a car and a cart", "a bus and a cart")]
    [InlineData(@"(\w+) left", "$1 right", "pan left", "pan right")]
    [InlineData("^", "frung, ", "a fox", "frung, a fox")]
    [InlineData(", night", "", "a fox, night", "a fox")]
    public void A_pattern_is_replaced(string pattern, string with, string text, string after) =>
        Assert.Equal(after, CaptionEdit.Replace(pattern, with)(text));

    [Fact]
    public void A_pattern_that_is_none_or_never_ends_is_an_error()
    {
        Assert.Contains("'(' is no regular expression", Assert.Throws<WanLabException>(() => CaptionEdit.Replace("(", "")).Message);
        var slow = CaptionEdit.Replace("^(a+)+$", "");
        Assert.Contains("takes too long", Assert.Throws<WanLabException>(() => slow(new string('a', 60) + "!")).Message);
    }

    [Theory]
    [InlineData("a fox", "frung, a fox")]
    [InlineData("frung, a fox", "frung, a fox")]
    public void A_prefix_is_added_once(string text, string after) => Assert.Equal(after, CaptionEdit.Prefix("frung, ")(text));

    [Theory]
    [InlineData("a fox", "a fox, at night")]
    [InlineData("a fox, at night", "a fox, at night")]
    public void A_suffix_is_added_once(string text, string after) => Assert.Equal(after, CaptionEdit.Suffix(", at night")(text));

    [Theory]
    [InlineData("a fox, snow", "a fox, snow, night")]
    [InlineData("a fox, Night, snow", "a fox, Night, snow")]
    [InlineData("a fox, nightfall", "a fox, nightfall, night")]
    [InlineData("a fox,", "a fox, night")]
    public void A_tag_is_added_where_it_is_missing(string text, string after) => Assert.Equal(after, CaptionEdit.AddTag("night")(text));

    [Theory]
    [InlineData("night, a fox", "a fox")]
    [InlineData("a fox, Night , snow", "a fox, snow")]
    [InlineData("a fox, nightfall", "a fox, nightfall")]
    [InlineData("a fox，night，snow", "a fox，snow")]
    [InlineData("night", "")]
    public void A_tag_is_removed_and_nothing_else(string text, string after) => Assert.Equal(after, CaptionEdit.RemoveTag("night")(text));

    [Fact]
    public void A_plan_has_only_what_changes_and_a_shared_file_once()
    {
        using var set = new CaptionSet("a.mp4", "a.mov", "b.mp4", "c.mp4");
        set.Folder.Write("a.txt", "a car");
        set.Folder.Write("b.txt", "a fox");
        var plan = CaptionEdit.Plan(set.Read(), CaptionEdit.Replace("car", "bus"));
        Assert.Equal(("a.txt", "a car", "a bus"), Assert.Single(plan) is var change ? (change.File, change.Before, change.After) : default);
        Assert.Equal("a car", set.Text("a.txt"));
    }

    [Fact]
    public void Writing_goes_where_the_caption_stands_and_keeps_the_other_keys()
    {
        using var set = new CaptionSet("a.mp4", "b.mp4", "c.mp4", "d.mp4");
        set.Folder.Write("a.json", """{"seed": 12345678901234567890, "prompt": "a fox 🦊", "list": [1, 2.50]}""");
        set.Folder.Write("b.caption", "old");
        set.Folder.Write("c.json", """{"seed": 3}""");
        var folder = set.Read();
        CaptionWriter.Write(folder.Path, CaptionEdit.Plan(folder.Clips, clip => $"new <{clip.Name}> ü"), TimeProvider.System);

        Assert.Equal("""{"seed":12345678901234567890,"prompt":"new <a.mp4> ü","list":[1,2.50]}""",
            string.Concat(set.Text("a.json").Split('\n').Select(line => line.Trim())).Replace("\": ", "\":"));
        Assert.Equal("new <b.mp4> ü\n", set.Text("b.caption"));
        Assert.Equal("new <c.mp4> ü\n", set.Text("c.txt"));
        Assert.Equal("""{"seed": 3}""", set.Text("c.json"));
        Assert.Equal("new <d.mp4> ü\n", set.Text("d.txt"));
        Assert.Equal(["new <a.mp4> ü", "new <b.mp4> ü", "new <c.mp4> ü", "new <d.mp4> ü"], set.Read().Clips.Select(clip => clip.Text));
    }

    [Fact]
    public void A_json_that_is_none_is_left_as_it_is()
    {
        using var set = new CaptionSet("a.mp4");
        var file = set.Folder.Write("a.json", "[1, 2]");
        Assert.Throws<WanLabException>(() => CaptionFile.Write(file, "x"));
        Assert.Equal("[1, 2]", set.Text("a.json"));
        Assert.Equal(CaptionOrigin.EmptyFile, set.Read().Clips[0].Origin);
    }
}
