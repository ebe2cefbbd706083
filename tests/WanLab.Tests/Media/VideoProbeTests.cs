using System.Buffers.Binary;
using System.Text;
using WanLab.Media;
using WanLab.Models;
using WanLab.Testing;

namespace WanLab.Tests.Media;

public sealed class VideoProbeTests(BaseClip clip) : IClassFixture<BaseClip>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_fractional_rate_is_kept()
    {
        var info = VideoProbe.Probe(BarClips.Make(_folder["ntsc.mp4"], 30, "30000/1001", BarClips.H264WithBFrames));
        Assert.Equal(30000 / 1001.0, info.Fps, 0.001);
    }

    [Fact]
    public void Rotation_swaps_the_sides()
    {
        var path = _folder["turned.mp4"];
        File.Copy(clip.Path, path);
        BarClips.Rotate(path);
        var info = VideoProbe.Probe(path);
        Assert.Equal((64, 128), (info.Width, info.Height));
        // The decoder turns the frames as well: were it not so, this size would be a mere number.
        var rgb = BarClips.Read(path, [4], FrameFit.Cover(info.Width, info.Height, 64, 128));
        var column = Enumerable.Range(0, 8).Select(bit => rgb[((2 * bit + 1) * 8 * 64 + 32) * 3] > 127).ToArray();
        Assert.Equal(1, column.Count(lit => lit));
        Assert.True(column[2] || column[5]);
    }

    [Fact]
    public void Pixels_that_are_not_square_are_counted_as_shown()
    {
        var path = BarClips.Make(_folder["wide.mp4"], 5, "16", [.. BarClips.H264WithBFrames, "-vf", "setsar=3/2"]);
        Assert.Equal((192, 64), (VideoProbe.Probe(path).Width, VideoProbe.Probe(path).Height));
    }

    [Fact]
    public void A_variable_rate_gives_each_frame_its_own_time()
    {
        // Frames 0-9 at 20 a second, then 10-19 at 10 a second.
        var path = BarClips.Make(_folder["vfr.mp4"], 20, "20",
            [.. BarClips.H264WithBFrames, "-vf", "settb=1/20,setpts='if(lt(N,10),N,2*N-10)'", "-fps_mode", "vfr",
                "-enc_time_base", "1/20"]);
        var info = VideoProbe.Probe(path);
        Assert.Equal(20, info.FrameCount);
        for (var i = 0; i < 20; i++) Assert.Equal((i < 10 ? i : 2 * i - 10) / 20.0, info.FrameTimes[i], 0.001);
        Assert.Equal(19 / 1.4, info.Fps, 0.01);
    }

    [Fact]
    public void A_header_that_promises_too_much_is_not_believed()
    {
        var path = BarClips.Make(_folder["liar.avi"], 20, "16", BarClips.Mpeg4);
        var bytes = File.ReadAllBytes(path);
        foreach (var (box, offset) in new[] { ("avih", 8 + 16), ("strh", 8 + 32) })
        {
            var length = bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box)) + offset, 4);
            Assert.Equal(20, BinaryPrimitives.ReadInt32LittleEndian(length));
            BinaryPrimitives.WriteInt32LittleEndian(length, 500);
        }
        File.WriteAllBytes(path, bytes);
        Assert.Equal(20, VideoProbe.Probe(path).FrameCount);
    }

    [Fact]
    public void A_clip_cut_without_encoding_counts_the_frames_that_are_shown()
    {
        // The packets before the cut stay in the file; an edit list hides them.
        BarClips.Convert("-ss", "9.75", "-i", clip.Path, "-c", "copy", _folder["cut.mp4"]);
        var info = VideoProbe.Probe(_folder["cut.mp4"]);
        Assert.InRange(info.FrameCount, 20, 24); // 28 with the hidden ones
        var all = Enumerable.Range(0, info.FrameCount).ToArray();
        var rgb = BarClips.Read(_folder["cut.mp4"], all, FrameFit.Cover(128, 64, 128, 64));
        Assert.Equal(Enumerable.Range(256 - info.FrameCount, info.FrameCount), BarClips.Numbers(rgb, 128, 64));
        var beyond = Assert.Throws<WanLabException>(
            () => BarClips.Read(_folder["cut.mp4"], [info.FrameCount], FrameFit.Cover(128, 64, 128, 64)));
        Assert.Contains("expected 1 frames", beyond.Message);
    }

    [Theory]
    [InlineData("index last.mp4", "moov atom not found")]
    [InlineData("index first.mp4", "of 256 decode")]
    [InlineData("cut.webm", "frames, the last at")]
    public void A_clip_cut_in_half_is_an_error_with_the_reason(string name, string said)
    {
        var path = _folder[name];
        if (name == "cut.webm") BarClips.Make(path, 60, "24", BarClips.Vp9);
        else BarClips.Convert("-i", clip.Path, "-c", "copy", "-movflags", name == "index first.mp4" ? "+faststart" : "0", path);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<WanLabException>(() => VideoProbe.Probe(path));
        Assert.Contains(name, error.Message);
        Assert.Contains(said, error.Message);
        Assert.Contains("ffprobe says: ", error.Message);
        Assert.DoesNotContain("no reason given", error.Message);
        Assert.DoesNotContain("0x", error.Message.Replace(_folder.Path, "", StringComparison.Ordinal)); // a folder may be named so
    }

    [Fact]
    public void Text_sound_and_nothing_are_errors()
    {
        Assert.Contains("is none of the containers",
            Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder.Write("text.mp4", "not a clip"))).Message);
        Assert.Contains("no such file", Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder["none.mp4"])).Message);
        BarClips.Convert("-f", "lavfi", "-i", "sine=duration=0.2", _folder["sound.mp4"]);
        Assert.Contains("holds no video", Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder["sound.mp4"])).Message);
    }
}
