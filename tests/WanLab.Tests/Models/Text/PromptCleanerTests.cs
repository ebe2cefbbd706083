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
    public void A_prompt_is_cleaned_as_the_official_code_does_it(string prompt, string expected) => Assert.Equal(expected, PromptCleaner.Clean(prompt));

    [Theory]
    [InlineData("schÃ¶n", "schön")]
    [InlineData("Ã©", "é")]
    [InlineData("a cafÃ© in ZÃ¼rich, Ã–sterreich", "a café in Zürich, Österreich")]
    [InlineData("KÃ–LN, CAFÃ‰", "KÖLN, CAFÉ")]
    [InlineData("Å’uvre, cÅ“ur, Ä°stanbul, fÅ±", "Œuvre, cœur, İstanbul, fű")]
    [InlineData("voilÃ\u00a0 un cube, Ã\u00a0 gauche", "voilà un cube, à gauche")]
    [InlineData("dancerâ€™s arm", "dancer's arm")]
    [InlineData("â€œslowâ€\u009d â€” then fast", "\"slow\" — then fast")]
    [InlineData("Â£5, 25Â°C, 3Ã—4, LEGOÂ®, 5Â\u00a0km", "£5, 25°C, 3×4, LEGO®, 5 km")]
    [InlineData("left â†’ right â˜…", "left → right ★")]
    [InlineData("cafeÌ\u0081", "café")]
    [InlineData("cafÃ&copy;", "café")]
    // Read as Latin-1, which has control characters for some bytes.
    [InlineData("\u00c3\u0084rger, wait\u00e2\u0080\u00a6", "Ärger, wait…")]
    // Twice over, and three times.
    [InlineData("schÃƒÂ¶n", "schön")]
    [InlineData("dancerÃ¢â‚¬â„¢s arm", "dancer's arm")]
    [InlineData("schÃƒÆ’Ã‚Â¶n", "schön")]
    // Other scripts and emoji.
    [InlineData("Ð¡Ð¸Ð½Ð¸Ð¹ ÐºÑƒÐ±", "Синий куб")]
    [InlineData("çº¢è‰²ç«‹æ–¹ä½“", "红色立方体")]
    [InlineData("ä½\u00a0å¥½", "你好")]
    [InlineData("×©×œ×•×\u009d", "שלום")]
    [InlineData("ðŸ˜€ cube", "😀 cube")]
    // Beside text that is fine; what alone could be writing is mended where all the rest is.
    [InlineData("猫 and a cafÃ© table", "猫 and a café table")]
    [InlineData("“cafÃ©” – été", "\"café\" – été")]
    [InlineData("Ã©tÃ© Ã”", "été Ô")]
    public void Text_that_was_decoded_wrongly_is_repaired(string prompt, string expected) => Assert.Equal(expected, PromptCleaner.Clean(prompt));

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
    // Each has a letter and signs that would be one valid sequence.
    [InlineData("CAFÉ… MENÜ» PÂTÉ® Ø½ Spaß…")]
    [InlineData("MAÇÃ… SMÅ™ and 10 Å²")]
    [InlineData("«café»… and «thé»—")]
    [InlineData("le «\u00a0passé\u00a0» à\u00a0£5")]
    // Not all damage is mended.
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
    public void Accented_text_misread_once_or_twice_is_repaired()
    {
        // Words in small letters between spaces, as most prompts have them.
        var words = Gen.Elements("naïve", "crème", "brûlée", "garçon", "über", "łódź", "żółw", "señor", "œuf", "кот", "куб", "猫", "镜头", "😀", "ok")
            .NonEmptyListOf().Select(w => string.Join(' ', w)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(new Replay(new Rnd(4, 5), null!)), Prop.ForAll(words, text =>
            MojibakeRepair.Repair(Misread(text)) == text && MojibakeRepair.Repair(Misread(Misread(text))) == text
                && MojibakeRepair.Repair(text) == text));

        static string Misread(string text) => string.Concat(System.Text.Encoding.UTF8.GetBytes(text).Select(Windows1252.ToChar));
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
        // Characters of which mojibake, references and compositions are made, so that every fix is met. No carriage
        // return: it becomes a line's end after its line was mended as one, so a second pass may see more.
        var alphabet = "aeZ 09.,;&#x<>?\n\t\u001b[m\u0000\u001a\u0085\u009d\u00a0ÂÃâ€™œžŸ©¶°»ÐÑØÙàé£ðŸ˜\u0301\u0323\u1112\u1161\u11abﾞｶ\ufb01“\ud83d\ude00\ufffd猫".ToCharArray();
        var texts = Gen.Elements(alphabet).ArrayOf().Select(c => new string(c)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(new Replay(new Rnd(20, 21), null!)), Prop.ForAll(texts, text =>
        {
            var mended = TextFixer.Fix(text);
            var clean = PromptCleaner.Clean(text);
            return TextFixer.Fix(mended) == mended
                && clean == clean.Trim()
                && !clean.Contains("  ")
                && !mended.Any(c => c is '\u001b' or '\ufeff' or '“');
        }));
    }
}
