using System.Text;
using FsCheck;
using FsCheck.Fluent;
using WanLab.Datasets;

namespace WanLab.Tests.Datasets;

public class DamagedTextTests
{
    [Theory]
    [InlineData("schÃ¶n", "schön")]
    [InlineData("Ã©", "é")]
    [InlineData("a cafÃ© in ZÃ¼rich, Ã–sterreich", "a café in Zürich, Österreich")]
    [InlineData("KÃ–LN, CAFÃ‰", "KÖLN, CAFÉ")]
    [InlineData("Å’uvre, cÅ“ur, Ä°stanbul, fÅ±", "Œuvre, cœur, İstanbul, fű")]
    [InlineData("dancerâ€™s arm", "dancer’s arm")]
    [InlineData("â€œslowâ€\u009d â€” then fast", "“slow” — then fast")]
    [InlineData("Â£5, 25Â°C, 3Ã—4, LEGOÂ®", "£5, 25°C, 3×4, LEGO®")]
    [InlineData("left â†’ right â˜…", "left → right ★")]
    // Read as Latin-1, which has control characters for some bytes.
    [InlineData("\u00c3\u0084rger, wait\u00e2\u0080\u00a6", "Ärger, wait…")]
    // Twice over, and three times.
    [InlineData("schÃƒÂ¶n", "schön")]
    [InlineData("schÃƒÆ’Ã‚Â¶n", "schön")]
    // Other scripts and emoji.
    [InlineData("Ð¡Ð¸Ð½Ð¸Ð¹ ÐºÑƒÐ±", "Синий куб")]
    [InlineData("çº¢è‰²ç«‹æ–¹ä½“", "红色立方体")]
    [InlineData("ðŸ˜€ cube", "😀 cube")]
    // Together with text that is fine; what by itself could be writing is read so where all the rest is.
    [InlineData("猫 and a cafÃ© table", "猫 and a café table")]
    [InlineData("Ã©tÃ© Ã”", "été Ô")]
    public void Damaged_text_is_recognised_and_read(string text, string meant) => Assert.Equal(meant, DamagedText.Repaired(text));

    [Theory]
    [InlineData("a red cube spins")]
    [InlineData("voilà")]
    [InlineData("À la carte")]
    [InlineData("Âne, Île, Ärger, Åre, École, ÎLE, Ñandú, Ãlex")]
    [InlineData("a jalapeño, a soufflé and a Österreich flag in Kraków")]
    [InlineData("红色的立方体在棋盘地板上旋转，镜头向左平移。")]
    [InlineData("赤い立方体が回る")]
    [InlineData("빨간 정육면체")]
    [InlineData("Красный куб вращается, камера едет влево")]
    [InlineData("مكعب أحمر")]
    [InlineData("a red cube 🟥🎥 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("35° tilt, 50 % of £20, €5, 3 × 4 ± 1, ½ speed, 7×½")]
    // Each has a letter and signs that would be one valid sequence.
    [InlineData("CAFÉ… MENÜ» PÂTÉ® Ø½ Spaß…")]
    [InlineData("MAÇÃ… SMÅ™ and 10 Å²")]
    [InlineData("«café»… and «thé»—")]
    [InlineData("le «\u00a0passé\u00a0» à\u00a0£5")]
    // Damage of other kinds.
    [InlineData("caf√© r√©gime")]
    [InlineData("(ò_ó) ░▒▓ ┌─┐")]
    public void Other_text_looks_right(string text) => Assert.Null(DamagedText.Repaired(text));

    [Fact]
    public void Accented_words_misread_once_or_twice_are_recognised()
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        // Words in small letters between spaces, as most captions have them.
        var words = Gen.Elements("naïve", "crème", "brûlée", "garçon", "über", "łódź",
            "żółw", "señor", "œuf", "кот", "куб", "猫", "镜头", "😀")
            .NonEmptyListOf().Select(w => string.Join(' ', w)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(new Replay(new Rnd(4, 5), null!)), Prop.ForAll(words, text =>
            DamagedText.Repaired(Misread(text)) == text && DamagedText.Repaired(Misread(Misread(text))) == text
                && DamagedText.Repaired(text) is null));

        string Misread(string text) => encoding.GetString(Encoding.UTF8.GetBytes(text));
    }
}
