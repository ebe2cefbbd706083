using WanLab.Options;

namespace WanLab.Base.Tests.Options;

public sealed class WordsTests
{
    private enum Form
    {
        [Word("whole")]
        Whole,

        [Word("half+rest")]
        HalfRest,
    }

    [Fact]
    public void A_word_is_read_as_the_value_that_it_is_written_for() =>
        Assert.All(Enum.GetValues<Form>(), value => Assert.Equal(value, Words.Parse<Form>(value.Word())));

    [Fact]
    public void An_unknown_word_is_refused_with_those_there_are() =>
        Assert.Equal("'HalfRest' is not one of whole, half+rest.",
            Assert.Throws<WanLabException>(() => Words.Parse<Form>("HalfRest")).Message);
}
