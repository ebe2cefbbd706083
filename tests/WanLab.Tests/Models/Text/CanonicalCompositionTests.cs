using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public class CanonicalCompositionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("A\u030a", "\u00c5")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("\u2126", "\u03a9")]
    [InlineData("s\u0323\u0307", "\u1e69")]
    [InlineData("s\u0307\u0323", "\u1e69")]
    [InlineData("\u1e9b\u0323", "\u1e9b\u0323")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\uac00\u11a8", "\uac01")]
    [InlineData("\uac01\u11a8", "\uac01\u11a8")]
    // Excluded from composition, not in the basic plane, and a mark with nothing before it.
    [InlineData("\u0915\u093c", "\u0915\u093c")]
    [InlineData("\u0958", "\u0915\u093c")]
    [InlineData("\ud834\udd5e", "\ud834\udd57\ud834\udd65")]
    [InlineData("\ud804\udc99\ud804\udcba", "\ud804\udc9a")]
    [InlineData("\u0301e", "\u0301e")]
    // A mark that another of its class shuts off from the base stays.
    [InlineData("a\u0305\u0301", "a\u0305\u0301")]
    [InlineData("か\u3099", "が")]
    public void Text_is_composed_as_Unicode_defines_it(string text, string expected) =>
        Assert.Equal(expected, CanonicalComposition.Compose(text));

    // The model's own normalisation (nmt_nfkc) knows letters that are taken apart whole, and none of these.
    [Theory]
    [InlineData("\u00dc\u0304", "\u01d5")] // half taken apart
    [InlineData("a\u0307\u0323", "\u1ea1\u0307")] // marks in another order
    [InlineData("\uac00\u11a8", "\uac01")] // a syllable and its last sound
    public void Without_it_a_text_would_get_other_tokens(string text, string composed)
    {
        using var tokenizer = WanTokenizer.Tiny();
        Assert.NotEqual(tokenizer.Model.Encode(composed), tokenizer.Model.Encode(text));
        Assert.Equal(tokenizer.Tokenize(composed).Ids, tokenizer.Tokenize(text).Ids);
    }
}
