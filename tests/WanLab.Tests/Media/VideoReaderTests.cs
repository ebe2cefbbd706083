using WanLab.Media;
using WanLab.Models;
using WanLab.Testing;

namespace WanLab.Tests.Media;

public sealed class VideoReaderTests(BaseClip clip) : IClassFixture<BaseClip>, IDisposable
{
    private static readonly FrameFit Whole = FrameFit.Cover(128, 64, 128, 64);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp4")]
    [InlineData("a.mov")]
    [InlineData("a.webm")]
    [InlineData("a.mkv")]
    [InlineData("a.avi")]
    public void The_frames_counted_are_the_frames_read_in_the_order_asked_for(string name)
    {
        var codec = name switch { "a.webm" => BarClips.Vp9, "a.avi" => BarClips.Mpeg4, _ => BarClips.H264WithBFrames };
        var path = BarClips.Make(_folder[name], 50, "24", codec);

        var info = VideoProbe.Probe(path);
        Assert.Equal((128, 64, 50), (info.Width, info.Height, info.FrameCount));
        Assert.Equal(24, info.Fps, 0.05);
        Assert.Equal(50 / 24.0, info.Duration, 0.01);
        Assert.Equal(49 / 24.0, info.Span, 0.01);
        Assert.Null(info.DecoderMessage);

        int[] indices = [0, 49, 7, 8, 9, 7, 23, 24, 48, 1, .. Enumerable.Range(0, 50)];
        Assert.Equal(indices, BarClips.Numbers(BarClips.Read(path, indices, Whole), 128, 64));
        // Few and far apart: the selection is not one run.
        Assert.Equal([30, 3], BarClips.Numbers(BarClips.Read(path, [30, 3], Whole), 128, 64));
    }

    [Fact]
    public void Frame_numbers_hold_in_a_clip_of_variable_rate()
    {
        var path = BarClips.Make(_folder["vfr.mkv"], 20, "20",
            [.. BarClips.H264WithBFrames, "-vf", "settb=1/20,setpts='if(lt(N,10),N,4*N-30)'", "-fps_mode", "vfr",
                "-enc_time_base", "1/20"]);
        int[] all = [.. Enumerable.Range(0, 20)];
        Assert.Equal(all, BarClips.Numbers(BarClips.Read(path, all, Whole), 128, 64));
    }

    [Fact]
    public void Missing_frames_are_an_error_with_both_counts()
    {
        var error = Assert.Throws<WanLabException>(() => BarClips.Read(clip.Path, [0, 5, 256, 257], Whole));
        Assert.Contains("base.mp4: expected 4 frames (the last one number 257, counted from 0), got 2", error.Message);
    }

    [Fact]
    public void Flips_mirror_the_scaled_and_cropped_picture()
    {
        Assert.Equal([0b1101_0000], BarClips.Numbers(BarClips.Read(clip.Path, [11], Whole, flipX: true), 128, 64));

        var fit = FrameFit.Cover(128, 64, 48, 32);
        var plain = BarClips.Read(clip.Path, [11], fit);
        var turned = BarClips.Read(clip.Path, [11], fit, flipX: true, flipY: true);
        for (var y = 0; y < 32; y++)
            for (var x = 0; x < 48; x++)
                Assert.Equal(plain[(y * 48 + x) * 3], turned[((31 - y) * 48 + 47 - x) * 3]);
    }

    [Fact]
    public void The_crop_keeps_the_middle()
    {
        // 8 bars of 16 pixels; half the width in the middle are bars 2 to 5.
        var rgb = BarClips.Read(clip.Path, [0b0010_0100, 0b1111_1111], FrameFit.Cover(128, 64, 64, 64));
        bool[] Bars(int frame) => [.. Enumerable.Range(0, 4).Select(bar => rgb[((frame * 64 + 32) * 64 + bar * 16 + 8) * 3] > 127)];
        Assert.Equal([true, false, false, true], Bars(0));
        Assert.Equal([true, true, true, true], Bars(1));
    }

    [Fact]
    public void Colours_survive_in_the_order_red_green_blue()
    {
        var path = _folder["colour.mp4"];
        BarClips.Convert("-f", "lavfi", "-i", "color=c=0xC04020:size=64x64:rate=8:duration=0.5",
            "-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-qp", "1", path);
        var rgb = BarClips.Read(path, [2], FrameFit.Cover(64, 64, 32, 32));
        Assert.Equal(32 * 32 * 3, rgb.Length);
        Assert.InRange(rgb[0], 0xC0 - 4, 0xC0 + 4);
        Assert.InRange(rgb[1], 0x40 - 4, 0x40 + 4);
        Assert.InRange(rgb[2], 0x20 - 4, 0x20 + 4);
    }

    [Theory]
    [InlineData(1920, 1080, 672, 384, 683, 384, 5, 0)]
    [InlineData(1080, 1920, 384, 672, 384, 683, 0, 5)]
    [InlineData(832, 480, 832, 480, 832, 480, 0, 0)]
    [InlineData(100, 100, 64, 32, 64, 64, 0, 16)]
    public void Cover_scales_no_more_than_needed(int w, int h, int tw, int th, int sw, int sh, int x, int y) =>
        Assert.Equal(new FrameFit(sw, sh, x, y, tw, th), FrameFit.Cover(w, h, tw, th));
}
