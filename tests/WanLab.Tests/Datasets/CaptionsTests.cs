using WanLab.Datasets;
using WanLab.Testing;

namespace WanLab.Tests.Datasets;

public class CaptionsTests
{
    [Theory]
    [InlineData("[trigger] walks", "sks", "sks walks")]
    [InlineData("a man, [trigger], and [trigger]", "sks", "a man, sks, and sks")]
    [InlineData("a man walks", "sks", "sks a man walks")]
    [InlineData("a sks walks", "sks", "a sks walks")]
    [InlineData("sks", "sks", "sks")]
    [InlineData("(sks) walks", "sks", "(sks) walks")]
    [InlineData("a SKS walks", "sks", "sks a SKS walks")]
    [InlineData("asks why", "sks", "sks asks why")]
    [InlineData("sks2 walks", "sks", "sks sks2 walks")]
    [InlineData("sks_b walks", "sks", "sks sks_b walks")]
    [InlineData("my c++ style", "c++", "my c++ style")]
    [InlineData("red fox runs", "red fox", "red fox runs")]
    [InlineData("一个小明在跑", "小明", "一个小明在跑")]
    [InlineData("sks在跑", "sks", "sks在跑")]
    [InlineData("a man walks", null, "a man walks")]
    [InlineData("[trigger] walks", null, "walks")]
    [InlineData("[trigger], a man", null, "a man")]
    [InlineData("a photo of [trigger], smiling", null, "a photo of, smiling")]
    [InlineData("a [trigger] man", "  ", "a man")]
    [InlineData("[trigger]", null, "")]
    public void The_trigger_word_is_put_in(string caption, string? trigger, string expected) =>
        Assert.Equal(expected, Captions.WithTrigger(caption, trigger));

    [Fact]
    public void A_regularisation_caption_gets_no_trigger_in_front_but_its_placeholder_is_replaced()
    {
        Assert.Equal("a man walks", Captions.WithTrigger("a man walks", "sks", prepend: false));
        Assert.Equal("sks walks", Captions.WithTrigger("[trigger] walks", "sks", prepend: false));
    }

    [Theory]
    [InlineData("sks walks, asks sks", "person walks, asks person")]
    [InlineData("[trigger] walks", "person walks")]
    [InlineData("no one", "no one")]
    public void The_class_word_takes_the_place_of_the_trigger_word(string text, string expected) =>
        Assert.Equal(expected, Captions.ReplaceTrigger(text, "sks", "person"));

    [Fact]
    public void A_class_word_is_taken_literally() => Assert.Equal("$0 runs", Captions.ReplaceTrigger("sks runs", "sks", "$0"));

    [Fact]
    public void A_dropped_caption_is_empty_and_has_no_trigger()
    {
        Assert.Equal("", Captions.Drop("sks walks", 0.05, 0.0499));
        Assert.Equal("sks walks", Captions.Drop("sks walks", 0.05, 0.05));
        Assert.Equal("sks walks", Captions.Drop("sks walks", 0, 0));
        Assert.Equal("", Captions.Drop("sks walks", 1, 0.999999));
    }

    [Fact]
    public void Variants_are_each_text_once_and_the_empty_one_where_it_can_come()
    {
        Assert.Equal(["b", "a", ""], Captions.Variants(["b", "a", "b"], 0.05));
        Assert.Equal(["b", "a"], Captions.Variants(["b", "a", "b"], 0));
        Assert.Equal(["", "a"], Captions.Variants(["", "a"], 0.05));
    }

    [Fact]
    public void The_caption_file_comes_before_the_default_and_blank_counts_as_missing()
    {
        using var folder = new TempFolder();
        folder.Write("a.txt", "\uFEFF  a fox\nruns \n");
        folder.Write("blank.txt", " \n\t");
        Assert.Equal("a fox\nruns", Captions.Read(folder["a.mp4"], "default"));
        Assert.Equal("default", Captions.Read(folder["blank.mp4"], " default "));
        Assert.Equal("default", Captions.Read(folder["none.mp4"], "default"));
        Assert.Null(Captions.Read(folder["none.mp4"], " "));
        Assert.Null(Captions.Read(folder["blank.mp4"], ""));
    }

    [Fact]
    public void A_caption_that_is_not_utf8_is_an_error_that_names_the_file()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["a.txt"], [.. "caf"u8, 0xE9]);
        var error = Assert.Throws<WanLabException>(() => Captions.Read(folder["a.mp4"], ""));
        Assert.Contains("a.txt", error.Message);
        Assert.Contains("UTF-8", error.Message);
    }

    [Theory]
    [InlineData("the camera pans left", true, false, "left")]
    [InlineData("turns Rightwards", true, false, "Rightwards")]
    [InlineData("向左走", true, false, "左")]
    [InlineData("spins clockwise", false, true, "clockwise")]
    [InlineData("leaves fall down", false, true, "fall")]
    [InlineData("the camera pans left", false, true, null)]
    [InlineData("a bright close-up of a rightful king", true, true, null)]
    [InlineData("jumps up", true, false, null)]
    public void Words_that_a_flip_makes_wrong_are_found(string caption, bool flipX, bool flipY, string? word) =>
        Assert.Equal(word, Captions.Direction(caption, flipX, flipY));

    [Theory]
    [InlineData("orbit 360 around the subject", "orbit")]
    [InlineData("the camera is Orbiting a toy", "Orbiting")]
    [InlineData("a dancer spins", "spins")]
    [InlineData("a slow rotation of a vase", "rotation")]
    [InlineData("we walk around the house", "walk around")]
    [InlineData("镜头环绕主体", "环绕")]
    [InlineData("dolly in on the subject", null)]
    [InlineData("a spine of a book, an orbital station", null)]
    public void Words_for_a_turn_are_found(string caption, string? word) => Assert.Equal(word, Captions.Turn(caption));
}
