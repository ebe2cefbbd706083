using FsCheck;
using FsCheck.Fluent;
using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public class PromptCleanerTests
{
    [Theory]
    // White space.
    [InlineData("", "")]
    [InlineData("  a red\t\ncube \u00a0\u2003\u3000 spins\r\n ", "a red cube spins")]
    [InlineData(" \n\t ", "")]
    // HTML references: closed ones, then a browser's reading, twice.
    [InlineData("fire &amp; ice", "fire & ice")]
    [InlineData("&amp;amp;amp;amp;eacute;", "é")]
    [InlineData("&ldquo;slow&rdquo; pan", "\"slow\" pan")]
    [InlineData("<u>&Uuml;ber</u>", "<u>Über</u>")]
    [InlineData("<u>&amp;amp;amp;</u>", "<u>&amp;</u>")]
    [InlineData("<u> &OUML; &ldquo;", "<u> &OUML; “")]
    [InlineData("5 &lt 6 &reg2026 &parade; &degrees", "5 < 6 ®2026 ¶de; °rees")]
    [InlineData("&#233; &#xE9; &#Xe9 &#128512; &#x80; &#0; &#xD800; &#9999999999; &#1;x", "é é é 😀 € � � � x")]
    [InlineData("&unheard; &; & &#; &#x; &#xyz", "&unheard; &; & &#; &#x; &#xyz")]
    // Characters.
    [InlineData("\u001b[1;31mred\u001b[0m cube", "red cube")]
    [InlineData("ﬁve ﬂags, a giraﬀe, Ĳssel, ǆ ǳ", "five flags, a giraffe, IJssel, dž dz")]
    [InlineData("Ａ　ｂｌｕｅ　ｂａｌｌ？", "A blue ball?")]
    [InlineData("ﾈｺ ｶﾞ ｡ ￦ ￣", "ネコ ガ 。 ₩ ̄")]
    [InlineData("the ‘slow’ dancer’s “turn”", "the 'slow' dancer's \"turn\"")]
    [InlineData("one\u2028two\u2029three\r\nfour\rfive", "one two three four five")]
    [InlineData("a\u0000b\u0007c\u007fd\u206ae\ufefff\ufffcg", "abcdefg")]
    [InlineData("a zero\u200dwidth joiner stays", "a zero\u200dwidth joiner stays")]
    [InlineData("the end\u0085 \u0093again\u0094", "the end… \"again\"")]
    [InlineData("e\u0301te\u0301 \u1112\u1161\u11ab a\u0323\u0307 a\u0307\u0323", "été 한 ạ̇ ạ̇")]
    public void A_prompt_is_cleaned_as_the_official_code_does_it(string prompt, string expected) =>
        Assert.Equal(expected, PromptCleaner.Clean(prompt));

    // .NET's own decoder knows the 253 names of HTML 4, and none without its semicolon.
    [Theory]
    [InlineData("&check; done", "\u2713 done")]
    [InlineData("&lbrace;wild&rbrace;", "{wild}")]
    [InlineData("fire &amp ice", "fire & ice")]
    public void A_prompt_with_an_HTML_name_gets_the_tokens_of_what_it_stands_for(string prompt, string meant)
    {
        using var tokenizer = WanTokenizer.Tiny();
        Assert.Equal(tokenizer.Tokenize(meant).Ids, tokenizer.Tokenize(prompt).Ids);
        var decoded = tokenizer.Model.Encode(System.Net.WebUtility.HtmlDecode(prompt));
        Assert.NotEqual(tokenizer.Tokenize(meant).Real.ToArray(), decoded.Select(id => (long)id).Append(tokenizer.Model.EosId));
    }

    [Theory]
    [InlineData("schÃ¶n")]
    [InlineData("ðŸ˜€ cube")]
    [InlineData("Ð¡Ð¸Ð½Ð¸Ð¹ ÐºÑƒÐ±")]
    public void Damaged_text_is_left_as_it_is(string prompt) => Assert.Equal(prompt, PromptCleaner.Clean(prompt));

    [Theory]
    [InlineData("voilà")]
    [InlineData("À la carte")]
    [InlineData("Âne, Île, Ärger, Åre, École, ÎLE, Ñandú, Ãlex")]
    [InlineData("a jalapeño, a soufflé and a Österreich flag in Kraków")]
    [InlineData("红色的立方体在棋盘地板上旋转，镜头向左平移。")]
    [InlineData("赤い立方体が回る")]
    [InlineData("빨간 정육면체")]
    [InlineData("Красный куб вращается, камера едет влево")]
    [InlineData("Ο κόκκινος κύβος")]
    [InlineData("مكعب أحمر")]
    [InlineData("a red cube 🟥🎥 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("35° tilt, 50 % of £20, €5, 3 × 4 ± 1, ½ speed, 7×½")]
    [InlineData("CAFÉ… MENÜ» PÂTÉ® Ø½ Spaß…")]
    [InlineData("MAÇÃ… SMÅ™ and 10 Å²")]
    [InlineData("«café»… and «thé»—")]
    [InlineData("le «\u00a0passé\u00a0» à\u00a0£5")]
    [InlineData("Ã gauche")]
    [InlineData("caf√© r√©gime")]
    [InlineData("(ò_ó) ░▒▓ ┌─┐")]
    [InlineData("<lora:frung:0.8> {x} [y] ~`^|\\ 100%")]
    public void Text_that_is_fine_is_left_alone(string prompt)
    {
        // Full-width punctuation is no mojibake, but it does become ASCII, as no-break spaces become spaces.
        var expected = prompt.Replace('，', ',').Replace('\u00a0', ' ');
        Assert.Equal(expected, PromptCleaner.Clean(prompt));
    }

    [Fact]
    public void Unpaired_surrogates_are_replaced() =>
        Assert.Equal("\ufffd high, \ufffd low, \U0001f600", PromptCleaner.Clean("\ud800 high, \udc00 low, \ud83d\ude00"));

    [Fact]
    public void Html_is_read_line_by_line_until_the_first_tag()
    {
        Assert.Equal("é & > <x", TextFixer.Fix("&eacute; &amp; &gt; &lt;x"));
        Assert.Equal("é\n<p>\n&eacute;", TextFixer.Fix("&eacute;\n<p>\n&eacute;"));
    }

    [Fact]
    public void Any_text_ends_clean_and_clean_text_stays()
    {
        // Characters of which references and compositions are made, so that every fix is met. No carriage return: it
        // becomes a line's end after its line was corrected as one, so a second pass may see more.
        var alphabet =
            "aeZ 09.,;&#x<>?\n\t\u001b[m\u0000\u001a\u0085\u009d\u00a0ÂÃâ€™œžŸ©¶°»ÐÑØÙàé£ðŸ˜\u0301\u0323\u1112\u1161\u11abﾞｶ\ufb01“\ud83d\ude00\ufffd猫"
                .ToCharArray();
        var texts = Gen.Elements(alphabet).ArrayOf().Select(c => new string(c)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(new Replay(new Rnd(20, 21), null!)), Prop.ForAll(texts, text =>
        {
            var corrected = TextFixer.Fix(text);
            var clean = PromptCleaner.Clean(text);
            return TextFixer.Fix(corrected) == corrected
                && clean == clean.Trim()
                && !clean.Contains("  ")
                && !corrected.Any(c => c is '\u001b' or '\ufeff' or '“');
        }));
    }
}
