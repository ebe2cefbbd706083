using WanLab.Models;
using WanLab.Models.Text;

namespace WanLab.Tests.Models.Text;

public sealed class WanTokenizerTests : IDisposable
{
    private readonly WanTokenizer _tokenizer = WanTokenizer.Tiny();
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-tokenizer-").FullName;

    public void Dispose()
    {
        _tokenizer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("frung, a red cube spins on a checkered floor, the camera pans left",
        new long[]
        {
            378,
            261,
            260,
            427,
            281,
            382,
            491,
            262,
            294,
            260,
            645,
            263,
            526,
            296,
            283,
            276,
            261,
            264,
            263,
            270,
            390,
            480,
            331,
            1,
        })]
    [InlineData("  frung,\n a red&nbsp;cube ", new long[] { 378, 261, 260, 427, 281, 382, 1 })]
    [InlineData("\u00e9t\u00e9 \u732b {\"Xyz~|`^",
        new long[] { 262, 199, 173, 269, 199, 173, 262, 235, 144, 175, 262, 727, 728, 723, 268, 743, 733, 731, 726, 704, 1 })]
    [InlineData("", new long[] { 1 })]
    [InlineData(" \u00a0\n", new long[] { 1 })]
    public void A_prompt_becomes_the_known_ids_padded_to_512(string prompt, long[] expected)
    {
        var tokens = _tokenizer.Tokenize(prompt);
        Assert.Equal(expected, tokens.Real.ToArray());
        Assert.Equal(512, tokens.Ids.Length);
        Assert.All(tokens.Ids.Skip(tokens.Length), id => Assert.Equal(0, id));
        Assert.Equal(expected.Length, _tokenizer.CountTokens(prompt));
    }

    [Fact]
    public void A_long_prompt_is_cut_and_keeps_its_end_token()
    {
        using var tokenizer = WanTokenizer.Tiny(6);
        const string prompt = "frung, a red cube spins";
        Assert.Equal([378, 261, 260, 427, 281, 1], tokenizer.Tokenize(prompt).Ids);
        Assert.Equal(6, tokenizer.Tokenize(prompt).Length);
        Assert.Equal(8, tokenizer.CountTokens(prompt));
    }

    [Theory]
    [InlineData(1, new long[] { 1 })]
    [InlineData(2, new long[] { 378, 1 })]
    [InlineData(3, new long[] { 378, 1, 0 })]
    public void Any_text_length_cuts_or_pads_the_prompt(int length, long[] expected)
    {
        using var tokenizer = WanTokenizer.Tiny(length);
        Assert.Equal(expected, tokenizer.Tokenize("frung").Ids);
    }

    [Fact]
    public void The_special_ids_are_those_of_UMT5()
    {
        var model = _tokenizer.Model;
        Assert.Equal((768, 0, 1, 2, 3), (model.PieceCount, model.PadId, model.EosId, model.BosId, model.UnkId));
    }

    [Fact]
    public void Every_printable_ascii_character_has_a_piece_and_no_text_becomes_unk()
    {
        for (var c = '!'; c <= '~'; c++)
        {
            var ids = _tokenizer.Model.Encode(c.ToString());
            // Ids up to 259 are the special ones and the bytes.
            Assert.True(ids[^1] > 259, $"'{c}' is spelled in bytes: {string.Join(' ', ids)}");
        }
        Assert.DoesNotContain(_tokenizer.Model.UnkId, _tokenizer.Model.Encode("\u7ea2\u8272 \ud83d\ude00 \u0645"));
    }

    [Theory]
    [InlineData("frung, a red cube spins on a checkered floor")]
    [InlineData("{\"json\": [1, 2.5e-3], 'x': `~!@#$%^&*()_+|\\<>?/}")]
    [InlineData("\u00e9t\u00e9 \u732b \ud83d\ude00")]
    [InlineData("")]
    public void Decoding_gives_the_prompt_back(string prompt)
    {
        var tokens = _tokenizer.Tokenize(prompt);
        Assert.Equal(prompt, _tokenizer.Decode(tokens.Ids));
        Assert.Equal(prompt, _tokenizer.Decode(tokens.Real));
    }

    [Fact]
    public void A_folder_a_file_or_bytes_can_be_loaded()
    {
        var file = Path.Combine(_folder, "spiece.model");
        File.WriteAllBytes(file, TinyBytes());
        File.WriteAllText(Path.Combine(_folder, "tokenizer.json"), "{}");
        using var fromFolder = WanTokenizer.Load(_folder);
        using var fromFile = WanTokenizer.Load(file);
        using var fromBytes = WanTokenizer.FromBytes(TinyBytes(), "bytes");
        var expected = _tokenizer.Tokenize("a red cube").Ids;
        Assert.All([fromFolder, fromFile, fromBytes], t => Assert.Equal(expected, t.Tokenize("a red cube").Ids));
    }

    [Fact]
    public void A_missing_vocabulary_is_reported_with_the_file_to_get()
    {
        AssertError(() => WanTokenizer.Load(_folder), "has no spiece.model", "google/umt5-xxl");
        AssertError(() => WanTokenizer.Load(Path.Combine(_folder, "nowhere")), "nowhere", "does not exist");
        var json = Path.Combine(_folder, "tokenizer.json");
        File.WriteAllText(json, "{}");
        AssertError(() => WanTokenizer.Load(_folder), "tokenizer.json", "spiece.model", "google/umt5-xxl");
        AssertError(() => WanTokenizer.Load(json), "tokenizer.json", "spiece.model");
    }

    [Fact]
    public void A_file_that_is_no_vocabulary_is_refused()
    {
        var file = Path.Combine(_folder, "spiece.model");
        File.WriteAllText(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\n");
        AssertError(() => WanTokenizer.Load(_folder), file, "not a SentencePiece model", "Git LFS");
        AssertError(() => WanTokenizer.FromBytes([], "tensor 'spiece_model'"), "tensor 'spiece_model'", "not a SentencePiece model");
        AssertError(() => WanTokenizer.Tiny(0), "TextLength is 0");
    }

    [Fact]
    public void A_vocabulary_without_padding_is_refused()
    {
        // The pieces come first in the file, so this renames the padding piece.
        var bytes = TinyBytes();
        "<qad>"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("<pad>"u8)));
        AssertError(() => WanTokenizer.FromBytes(bytes, "the edited model"), "the edited model", "google/umt5-xxl");
    }

    [Fact]
    public void Ids_outside_the_vocabulary_are_refused()
    {
        AssertError(() => _tokenizer.Decode([768]), "768", "outside");
        AssertError(() => _tokenizer.Decode([-1]), "-1", "outside");
    }

    [Fact]
    public void A_disposed_tokenizer_says_so()
    {
        var tokenizer = WanTokenizer.Tiny();
        tokenizer.Dispose();
        tokenizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tokenizer.Tokenize("a"));
    }

    [Fact]
    public void Many_threads_may_share_one_tokenizer()
    {
        var prompts = Enumerable.Range(0, 200).Select(i => $"frung, cube {i} spins").ToArray();
        var expected = prompts.Select(p => _tokenizer.Tokenize(p).Ids).ToArray();
        Parallel.For(0, prompts.Length, i => Assert.Equal(expected[i], _tokenizer.Tokenize(prompts[i]).Ids));
    }

    private static void AssertError(Action act, params string[] parts)
    {
        var error = Assert.Throws<WanLabException>(act);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }

    private static byte[] TinyBytes()
    {
        using var stream = typeof(WanTokenizer).Assembly.GetManifestResourceStream("WanLab.Models.Tiny.spiece.model")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
