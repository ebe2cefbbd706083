using WanLab.Curation.Editing;
using WanLab.Media;

namespace WanLab.Curation.Tests.Editing.Applying;

/// <summary>The frames of a new clip are those that training would read of the original.</summary>
public sealed class PartPixelsTests : IDisposable
{
    private const int First = 5, End = 17;
    private static readonly PixelArea Area = new(16, 8, 80, 64);
    private static readonly int[] Source = [.. Enumerable.Range(First, End - First)];
    private static readonly int[] All = [.. Enumerable.Range(0, End - First)];

    private readonly ApplyFolder _folder = new();

    public static TheoryData<string, string, string[]> Kinds => new()
    {
        { "h264.mp4", "24", [] },
        { "tagged.mp4", "30000/1001", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
            "-color_trc", "bt709", "-color_range", "tv"] },
        { "full.mp4", "25", ["-c:v", "libx264", "-pix_fmt", "yuvj420p"] },
        { "deep.mkv", "24", ["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=error"] },
        { "vp9.webm", "16", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"] },
        { "wide.mp4", "24", ["-c:v", "libx264", "-pix_fmt", "yuv444p"] },
        { "rgb.avi", "24", ["-c:v", "png", "-pix_fmt", "rgb24"] },
        { "uneven.mp4", "30", ["-vf", "select='mod(n,5)+not(mod(n,7))'", "-fps_mode", "passthrough", "-c:v", "libx264", "-pix_fmt",
            "yuv420p"] },
        { "anamorphic.mp4", "24", ["-vf", "setsar=4/3", "-c:v", "libx264", "-pix_fmt", "yuv420p"] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_part_is_equal_to_the_original_without_loss_and_close_to_it_otherwise(string name, string rate, string[] codec)
    {
        EditClips.Make(_folder.At(name), 24, rate, "128x80", codec);
        _folder.Edit(name, (now, facts) => ClipEdits.Crop(ClipEdits.Trim(now, First, End, facts), Area, facts));
        var made = _folder.Made(Path.ChangeExtension(name, ".mp4"));
        var expected = EditClips.Read(_folder.At(name), Source, new PictureCut(Area.X, Area.Y, Area.Width, Area.Height));
        _folder.Apply(lossless: true);
        Assert.Equal(0, expected.Zip(EditClips.Read(made, All), (a, b) => Math.Abs(a - b)).Max());
        AssertTimes(_folder.At(name), made);
        _folder.Apply();
        EditClips.AssertClose(expected, EditClips.Read(made, All));
        AssertTimes(_folder.At(name), made);
    }

    [Fact]
    public void Interlaced_clips_come_out_as_training_reads_them()
    {
        EditClips.Make(_folder.At("fields.mp4"), 20, "25", "160x96", "-vf", "interlace", "-c:v", "libx264", "-flags", "+ilme+ildct",
            "-pix_fmt", "yuv420p");
        var facts = VideoProbe.Probe(_folder.At("fields.mp4"));
        Assert.Contains("interlaced", Assert.Single(facts.Remarks));
        _folder.Edit("fields.mp4", (now, f) => ClipEdits.Trim(now, 3, 13, f));
        _folder.Apply(lossless: true);
        var expected = EditClips.Read(_folder.At("fields.mp4"), [.. Enumerable.Range(3, 10)]);
        Assert.Equal(expected, EditClips.Read(_folder.Made("fields.mp4"), [.. Enumerable.Range(0, 10)]));
        Assert.Empty(VideoProbe.Probe(_folder.Made("fields.mp4")).Remarks);
    }

    [Fact]
    public void Hdr_becomes_what_training_reads_with_and_without_loss()
    {
        EditClips.Make(_folder.At("hdr.mkv"), 20, "24", "160x96", "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params",
            "log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc");
        _folder.Edit("hdr.mkv", (now, f) => ClipEdits.Trim(now, 3, 13, f));
        var expected = EditClips.Read(_folder.At("hdr.mkv"), [.. Enumerable.Range(3, 10)]);
        _folder.Apply(lossless: true);
        Assert.Equal(expected, EditClips.Read(_folder.Made("hdr.mp4"), [.. Enumerable.Range(0, 10)]));
        _folder.Apply();
        EditClips.AssertClose(expected, EditClips.Read(_folder.Made("hdr.mp4"), [.. Enumerable.Range(0, 10)]));
    }

    [Fact]
    public void Odd_pictures_lose_a_row_and_it_is_said()
    {
        EditClips.Make(_folder.At("odd.webm"), 12, "16", "200x120", "-vf", "format=gbrp,crop=161:97", "-c:v", "libvpx-vp9", "-deadline",
            "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p");
        _folder.Edit("odd.webm", (now, f) => ClipEdits.Trim(now, 0, 9, f));
        Assert.Contains("161x97 at 0,0 becomes 160x96 at 0,0", Assert.Single(Assert.Single(_folder.Plan().Files).Notes));
        _folder.Apply();
        var made = VideoProbe.Probe(_folder.Made("odd.mp4"));
        Assert.Equal((160, 96, 9), (made.Width, made.Height, made.FrameCount));
    }

    private static void AssertTimes(string original, string made)
    {
        var (from, to) = (VideoProbe.Probe(original).FrameTimes, VideoProbe.Probe(made).FrameTimes);
        Assert.Equal(Source.Length, to.Count);
        for (var k = 0; k < to.Count; k++) Assert.Equal(from[Source[k]] - from[First], to[k], 1e-4);
    }
}
