using System.Text;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Media;
using WanLab.Models.Text;
using WanLab.Testing;
using WanLab.Tests.Media;

namespace WanLab.Tests.Datasets;

/// <summary>The files in a dataset's folder: captions in the usual places, clips in every container, things that are not used.</summary>
public sealed class DatasetFolderTests(ClipFiles files) : IClassFixture<ClipFiles>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DatasetOptions Options => new() { Path = _folder.Path, DefaultCaption = "default" };

    private string Caption(string clip, string file, byte[] bytes)
    {
        File.WriteAllBytes(_folder[file], bytes);
        return Captions.Read(_folder[clip], "default")!;
    }

    [Theory]
    [InlineData("a.mp4", "a.TXT")]
    [InlineData("a.mp4", "a.Caption")]
    [InlineData("a.mp4", "a.mp4.txt")]
    [InlineData("caf\u00e9.mp4", "cafe\u0301.txt")]
    [InlineData("cafe\u0301.mp4", "caf\u00e9.txt")]
    [InlineData("\ud55c.mp4", "\u1112\u1161\u11ab.txt")]
    public void A_caption_is_found_in_its_usual_places(string clip, string file) =>
        Assert.Equal("a cat", Caption(clip, file, "a cat"u8.ToArray()));

    [Theory]
    [InlineData("{\"caption\": \" a cat \"}", "a cat")]
    [InlineData("{\"tags\": [], \"text\": \"a cat\"}", "a cat")]
    [InlineData("{\"width\": 3}", "default")]
    [InlineData("[1]", "default")]
    [InlineData("{\"caption\": 3}", "default")]
    [InlineData("no JSON", "default")]
    public void A_json_gives_its_caption(string json, string caption) =>
        Assert.Equal(caption, Caption("a.mp4", "a.json", Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_caption_is_decoded_from_the_usual_encodings()
    {
        const string text = "a red fox, Zürich";
        Encoding[] encodings = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
            new UTF32Encoding(false, true), new UTF32Encoding(true, true)];
        foreach (var encoding in encodings)
            Assert.Equal(text, Caption("a.mp4", "a.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes(text + "\r\n")]));
        Assert.Equal(text, Caption("a.mp4", "a.txt", Encoding.Unicode.GetBytes(text)));
        Assert.Equal(text, Caption("a.mp4", "a.txt", Encoding.BigEndianUnicode.GetBytes(text)));
    }

    [Fact]
    public void What_is_no_text_is_refused()
    {
        Assert.Contains("NUL", Assert.Throws<WanLabException>(() => Caption("a.mp4", "a.txt", "a\0\0b"u8.ToArray())).Message);
        Assert.Contains("1 MiB", Assert.Throws<WanLabException>(() => Caption("a.mp4", "a.txt", new byte[(1 << 20) + 1])).Message);
        File.Delete(_folder["a.txt"]);
        File.CreateSymbolicLink(_folder["a.txt"], "/dev/zero");
        Assert.Contains("no regular file", Assert.Throws<WanLabException>(() => Captions.Read(_folder["a.mp4"], "")).Message);
    }

    [Fact]
    public void Two_captions_and_a_json_without_one_are_reported()
    {
        File.Copy(files.Short, _folder["a.mp4"]);
        _folder.Write("a.txt", "a cat");
        _folder.Write("a.caption", "a dog");
        _folder.Write("a.json", "{}");
        var clip = Assert.Single(ClipLibrary.Scan(Options).Clips);
        Assert.Equal("a cat", clip.Caption);
        Assert.Contains(clip.Warnings, warning => warning.Contains("a.txt and another in a.caption"));
        Assert.Contains(clip.Warnings, warning => warning.Contains("a.json next to it holds no caption"));
    }

    [Theory]
    [InlineData("[trigger] orbit", "so it is taken out. Set job.trigger_word")]
    [InlineData("[trigger]", "so it is taken out and nothing is left: the clip is trained without a caption.")]
    public void A_placeholder_without_a_trigger_word_is_warned_about(string caption, string words)
    {
        File.Copy(files.Short, _folder["a.mp4"]);
        _folder.Write("a.txt", caption);
        Assert.Contains(ClipLibrary.Scan(Options).Clips[0].Warnings, warning => warning.Contains(words, StringComparison.Ordinal));
        Assert.Empty(ClipLibrary.Scan(Options, "walk").Clips[0].Warnings);
    }

    [Fact]
    public void What_is_left_aside_is_said()
    {
        BarClips.Convert("-i", files.Short, "-c", "copy", _folder["a.ts"]);
        BarClips.Convert("-i", files.Short, "-c", "copy", _folder["b.m4v"]);
        Directory.CreateDirectory(_folder["more"]);
        foreach (var name in (string[])["c.png", "lost.txt", "d.xyz", "notes.md", "a.txt"]) _folder.Write(name, "x");
        var dataset = ClipLibrary.Scan(Options);
        Assert.Equal(["a.ts", "b.m4v"], dataset.Clips.Select(clip => clip.Name));
        Assert.Equal(
        [
            "left aside: a folder (more)", "left aside: a picture (c.png)", "left aside: a caption without a clip (lost.txt)",
            "left aside: a file of another kind (d.xyz)",
        ], dataset.LeftAside.Select(said => said.Split(';')[0]));
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_an_error_that_names_it()
    {
        File.Copy(files.Short, _folder["a.mp4"]);
        File.SetUnixFileMode(_folder.Path, UnixFileMode.None);
        try
        {
            Unprivileged.Run(() =>
            {
                var error = Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options)).Message;
                Assert.StartsWith($"Dataset folder {_folder.Path}: cannot be listed: ", error);
                Assert.EndsWith("Check its permissions.", error);
            });
        }
        finally
        {
            Unprivileged.MakeWritable(_folder.Path);
        }
        Assert.Single(ClipLibrary.Scan(Options).Clips);
    }

    [Fact]
    public void A_caption_that_cannot_be_read_is_an_error_and_not_a_missing_one()
    {
        Unprivileged.MakeWritable(_folder.Path); // for its owner; all others can look into it
        File.SetUnixFileMode(_folder.Write("a.txt", "a cat"), UnixFileMode.None);
        Unprivileged.Run(() =>
        {
            var error = Assert.Throws<WanLabException>(() => Captions.Read(_folder["a.mp4"], "default")).Message;
            Assert.StartsWith($"{_folder["a.txt"]}: the caption cannot be read: ", error);
            Assert.EndsWith("Check its permissions.", error);
        });
    }

    [Fact]
    public void A_long_gap_that_would_be_trained_on_leaves_out_the_clip_or_the_chunk_with_it()
    {
        // 96 frames in 6 s; those from 1 s to 1.31 s are destroyed.
        DamagedClip.Make(_folder["a.mp4"], 96, from: 16, to: 21);
        const string Reason = "its frames between 0.94 s and 1.31 s cannot be decoded, and those are to be trained on. Export the clip";
        foreach (var sampling in (FrameSampling[])[FrameSampling.Uniform, FrameSampling.Native])
            Assert.Contains(Reason, Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Of(sampling, 17))).Message);
        Assert.Contains(Reason, Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Of(FrameSampling.Head, 17))).Message);

        var head = Assert.Single(ClipLibrary.Scan(Of(FrameSampling.Head, 13)).Clips); // frames 0 to 12
        Assert.DoesNotContain(head.Warnings, warning => warning.Contains("are left out"));
        var chunks = ClipLibrary.Scan(Of(FrameSampling.Chunks, 13)).Clips; // from 0, 0.81, 1.62 s and so on
        Assert.Equal([0, 2, 3, 4, 5, 6], chunks.Select(clip => clip.Chunk));
        Assert.All(chunks, clip => Assert.Contains(clip.Warnings, warning =>
            warning.Contains("1 of its 7 chunks is left out: its frames between 0.94 s and 1.31 s cannot be decoded.")));
        Assert.Single(ClipLibrary.Scan(Of(FrameSampling.Uniform, 1)).Clips);

        DatasetOptions Of(FrameSampling sampling, int frames) => Options with { FrameSampling = sampling, NumFrames = frames };
    }

    [Fact]
    public void A_known_file_is_not_decoded_again_whatever_its_name()
    {
        var known = new KnownMedia(_folder["cache"]);
        var facts = known.Of(files.Long, CancellationToken.None);
        File.Copy(files.Long, _folder["other name.mkv"]);
        var later = new KnownMedia(_folder["cache"]);
        var again = later.Of(_folder["other name.mkv"], CancellationToken.None);
        Assert.Equal((1, 0), (known.Decoded, later.Decoded));
        Assert.Equal(facts.FrameTimes, again.FrameTimes);
        Assert.Equal(facts with { FrameTimes = [] }, again with { FrameTimes = [], Remarks = facts.Remarks, Gaps = facts.Gaps });
        // A damaged entry counts as missing.
        foreach (var file in Directory.EnumerateFiles(_folder["cache"], "*", SearchOption.AllDirectories)) File.WriteAllText(file, "{}");
        Assert.Equal(facts.FrameTimes, later.Of(files.Long, CancellationToken.None).FrameTimes);
        Assert.Equal(1, later.Decoded);
    }

    [Fact]
    public void A_conversion_is_kept_and_changes_the_key_of_the_pixels()
    {
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red@0.5:size=64x48,format=rgba", "-frames:v", "1", _folder["a.png"]);
        var options = Options with { NumFrames = 1 };
        var first = Assert.Single(ClipLibrary.Scan(options, cacheFolder: _folder["cache"]).Clips);
        var second = Assert.Single(ClipLibrary.Scan(options, cacheFolder: _folder["cache"]).Clips);
        Assert.NotNull(first.Info.Conversion);
        Assert.Equal(first.Info.Conversion, second.Info.Conversion);
        Assert.Equal(first.Warnings, second.Warnings);
        var hashes = new Content.FileHashes();
        string Key(Clip clip) => ClipKey.Of("latent", clip, [0], hashes).Hash;
        Assert.NotEqual(Key(first), Key(first with { Info = first.Info with { Conversion = null } }));
    }

    [Fact]
    public void A_cancelled_scan_leaves_no_clip_out_but_ends()
    {
        for (var k = 0; k < 6; k++) File.Copy(files.Long, _folder[$"{k}.mp4"]);
        using var stop = new CancellationTokenSource();
        var stopsAfterOne = new StopAfterOne(stop);
        Assert.ThrowsAny<OperationCanceledException>(() => ClipLibrary.Scan(Options, null, stopsAfterOne, stop.Token));
    }

    [Fact]
    public void A_long_text_is_reported_with_its_tokens_and_the_limit()
    {
        using var tokenizer = WanTokenizer.Tiny(16);
        File.Copy(files.Short, _folder["a.mp4"]);
        _folder.Write("a.txt", string.Join(' ', Enumerable.Repeat("a red ball", 20)));
        File.Copy(files.Short, _folder["b.mp4"]);
        var dataset = ClipLibrary.Scan(Options);
        var long1 = string.Join(' ', Enumerable.Repeat("a blue cube", 10));
        var warnings = LongTexts.Warnings(tokenizer, [dataset], ["a ball", long1]).ToList();
        Assert.Equal(2, warnings.Count);
        var count = tokenizer.CountTokens(dataset.Clips[0].Caption);
        Assert.StartsWith($"a.mp4: its caption has {count} tokens, and the model reads 16", warnings[0]);
        Assert.StartsWith("the prompt 'a blue cube", warnings[1]);
    }

    private sealed class StopAfterOne(CancellationTokenSource stop) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => stop.Cancel();
    }
}
