using WanLab.Content;
using WanLab.Datasets;
using WanLab.Encodings;
using WanLab.Models;
using WanLab.Testing;
using WanLab.Tests.Media;
using WanLab.Torch.Interop;

namespace WanLab.Tests.Datasets;

/// <summary>Clips made once for all tests of this file: 41 frames at 16 fps, and 100 at 24.</summary>
public sealed class ClipFiles : IDisposable
{
    private readonly TempFolder _folder = new();

    public ClipFiles()
    {
        Short = BarClips.Make(_folder["short.mp4"], 41, "16", BarClips.H264WithBFrames);
        Long = BarClips.Make(_folder["long.mp4"], 100, "24", BarClips.H264WithBFrames);
    }

    public string Short { get; }

    public string Long { get; }

    public void Dispose() => _folder.Dispose();
}

public sealed class ClipLibraryTests(ClipFiles files) : IClassFixture<ClipFiles>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DatasetOptions Options => new() { Path = _folder.Path, DefaultCaption = "a fox" };

    private string Add(string source, string name, string? caption = null)
    {
        File.Copy(source, _folder[name]);
        if (caption is not null) _folder.Write(Path.ChangeExtension(name, ".txt"), caption);
        return _folder[name];
    }

    [Fact]
    public void A_caption_that_looks_damaged_is_kept_and_warned_of()
    {
        Add(files.Short, "a.mp4", "a cafÃ© in ZÃ¼rich");
        Add(files.Short, "b.mp4", "a café in Zürich");
        var clips = ClipLibrary.Scan(Options).Clips;
        Assert.Equal("a cafÃ© in ZÃ¼rich", clips[0].Caption);
        var warning = Assert.Single(clips[0].Warnings);
        Assert.Contains("'a cafÃ© in ZÃ¼rich' was probably meant as 'a café in Zürich'", warning);
        Assert.Contains("save a.txt", warning);
        Assert.Empty(clips[1].Warnings);
    }

    [Fact]
    public void A_folder_gives_items_in_the_order_of_their_names()
    {
        Add(files.Short, "b.mp4", "a cat\n");
        Add(files.Long, "B.MP4");
        Add(files.Short, "a.mp4", "[trigger] runs");
        Add(files.Short, "._a.mp4");
        _folder.Write("notes.md", "ignored");
        _folder.Write("control.png", "ignored");
        var reports = new List<ScanProgress>();
        var dataset = ClipLibrary.Scan(Options, "sks", new Reports(reports));

        Assert.Empty(dataset.Problems);
        Assert.Equal(["B.MP4", "a.mp4", "b.mp4"], dataset.Clips.Select(clip => clip.Name));
        Assert.Equal(["sks a fox", "sks runs", "sks a cat"], dataset.Clips.Select(clip => clip.Caption));
        Assert.Equal(["sks a fox", "sks runs", "sks a cat", ""], dataset.Texts);
        Assert.All(dataset.Clips, clip => Assert.Equal(new Bucket(128, 64), clip.Bucket));
        Assert.Equal([1, 2, 3], reports.Select(report => report.Done).Order());
        Assert.All(reports, report => Assert.Equal(3, report.Total));

        var (fast, same) = (dataset.Clips[0], dataset.Clips[1]);
        Assert.Equal(99 / 24.0 / 2.5, fast.Speed, 0.001);
        Assert.True(fast.SpeedIsChanged);
        Assert.Contains("plays 1.65 times as fast as life", Assert.Single(fast.Warnings));
        Assert.Equal(1, same.Speed, 0.001);
        Assert.False(same.SpeedIsChanged);
        Assert.Empty(same.Warnings);
    }

    [Fact]
    public void Bad_files_are_reported_and_left_out_while_the_rest_is_used()
    {
        var good = Add(files.Short, "good.mp4", "a fox");
        var cut = Add(files.Long, "cut.mp4", "a fox");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..(int)(new FileInfo(cut).Length / 2)]);
        Add(files.Short, "silent.mp4");
        BarClips.Make(_folder["brief.mp4"], 12, "16", BarClips.H264WithBFrames);
        _folder.Write("brief.txt", "a fox");
        _folder.Write("moving.gif", "GIF89a");
        Add(files.Short, "latin.mp4");
        File.WriteAllBytes(_folder["latin.txt"], [0xE9, 0x20]);

        var dataset = ClipLibrary.Scan(Options with { DefaultCaption = "" });
        Assert.Equal([good], dataset.Clips.Select(clip => clip.Path));
        string Message(string name) => dataset.Problems.Single(problem => problem.Path == _folder[name]).Message;
        Assert.Equal(5, dataset.Problems.Count);
        Assert.Contains("moov atom not found", Message("cut.mp4"));
        Assert.Contains("has no caption. Write one to silent.txt", Message("silent.mp4"));
        Assert.Contains("has 12 frames, num_frames asks for 41", Message("brief.mp4"));
        Assert.Contains("Convert it: ffmpeg -i", Message("moving.gif"));
        Assert.Contains("not UTF-8", Message("latin.mp4"));
        Assert.All(dataset.Problems, problem => Assert.Contains(Path.GetFileName(problem.Path)[..5], problem.Message));
    }

    [Fact]
    public void Nothing_usable_is_an_error_that_lists_why()
    {
        var missing = Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options with { Path = _folder["none"] }));
        Assert.Contains("there is no such folder", missing.Message);

        Assert.Contains("there are no clips in it", Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options)).Message);
        Directory.CreateDirectory(_folder["inner"]);
        Assert.Contains("Folders inside it", Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options)).Message);
        _folder.Write("a.png", "");
        Assert.Contains("It has 1 images", Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options)).Message);

        _folder.Write("a.mp4", "no clip");
        _folder.Write("b.gif", "no clip");
        var none = Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options)).Message;
        Assert.Contains("none of its 2 clips can be used", none);
        Assert.Contains("a.mp4: cannot be read", none);
        Assert.Contains("b.gif: a .gif is not a clip", none);
    }

    [Theory]
    [InlineData(40, "37 and 41")]
    [InlineData(0, "1 and 5")]
    public void Frame_counts_the_model_can_not_have_are_errors(int frames, string nearest) =>
        Assert.Contains(nearest, Assert.Throws<WanLabException>(() => ClipLibrary.Scan(Options with { NumFrames = frames })).Message);

    [Fact]
    public void Chunks_and_flips_are_items_of_their_own_that_read_their_own_frames()
    {
        Add(files.Long, "a.mp4", "runs left");
        var options = Options with { FrameSampling = FrameSampling.Chunks, NumFrames = 17, FlipX = true, FlipY = true };
        var clips = ClipLibrary.Scan(options).Clips;
        // 100 frames at 24 a second last 4.17 s: three windows of 1.0625 s, each in four mirrorings.
        Assert.Equal(12, clips.Count);
        Assert.Equal(["a.mp4 #0", "a.mp4 #0 flip_x", "a.mp4 #0 flip_y", "a.mp4 #0 flip_x flip_y", "a.mp4 #1"],
            clips.Take(5).Select(clip => clip.Name));
        Assert.All(clips, clip => Assert.Equal(1, clip.Speed));
        Assert.Contains("'left'", Assert.Single(clips[0].Warnings));

        var second = clips[4];
        var frames = second.PickFrames(0.7);
        Assert.Equal(second.PickFrames(0), frames);
        Assert.Equal(FrameSampler.Window(second.Info.FrameTimes, 17, 17 / 16.0), frames);
        Assert.Equal(frames, BarClips.Numbers(second.ReadFrames(frames), 128, 64));
    }

    [Fact]
    public void A_native_window_moves_with_the_number_given()
    {
        Add(files.Long, "a.mp4");
        var clip = Assert.Single(ClipLibrary.Scan(Options with { FrameSampling = FrameSampling.Native }).Clips);
        Assert.Equal(0, clip.PickFrames(0)[0]);
        Assert.Equal(60, clip.PickFrames(0)[^1]);
        Assert.Equal(99, clip.PickFrames(0.99999)[^1]);
        var head = clip with { Sampling = FrameSampling.Head };
        Assert.Equal(clip.PickFrames(0), head.PickFrames(0.9));
    }

    [Fact]
    public void A_slow_clip_is_flagged_where_frames_would_repeat()
    {
        BarClips.Make(_folder["slow.mp4"], 20, "8", BarClips.H264WithBFrames);
        var clip = Assert.Single(ClipLibrary.Scan(Options with { FrameSampling = FrameSampling.Head, NumFrames = 17 }).Clips);
        Assert.Contains("only 8 frames a second", Assert.Single(clip.Warnings));
    }

    [Fact]
    public void Images_are_items_of_one_frame_beside_clips()
    {
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=100x60", "-frames:v", "1", _folder["a.png"]);
        Add(files.Short, "b.mp4");
        var clips = ClipLibrary.Scan(Options with { NumFrames = 1 }).Clips;
        Assert.Equal(["a.png", "b.mp4"], clips.Select(clip => clip.Name));
        Assert.Equal(new Bucket(96, 48), clips[0].Bucket);
        Assert.Equal(96 * 48 * 3, clips[0].ReadFrames(clips[0].PickFrames(0)).Length);
    }

    [Fact]
    public void The_key_of_an_items_pixels_changes_with_all_they_depend_on()
    {
        Add(files.Short, "a.mp4");
        var clip = Assert.Single(ClipLibrary.Scan(Options).Clips);
        var hashes = new FileHashes();
        string Of(Clip c, params int[] frames) => ClipKey.Of("latents/1", c, frames, hashes).Hash;
        var renamed = Add(files.Short, "same bytes.mp4");
        Assert.Equal(Of(clip, 0, 1), Of(clip with { Path = renamed, Caption = "other" }, 0, 1));
        string[] keys =
        [
            Of(clip, 0, 1), Of(clip, 1, 0), Of(clip with { FlipX = true }, 0, 1), Of(clip with { FlipY = true }, 0, 1),
            Of(clip with { Bucket = new Bucket(64, 64) }, 0, 1), Of(clip with { Path = files.Long }, 0, 1),
            ClipKey.Of("latents/2", clip, [0, 1], hashes).Hash,
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private sealed class Reports(List<ScanProgress> list) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            lock (list) list.Add(value);
        }
    }
}
