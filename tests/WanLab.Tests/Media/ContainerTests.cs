using System.Diagnostics;
using WanLab.Media;
using WanLab.Testing;

namespace WanLab.Tests.Media;

/// <summary>Only real containers are opened, whatever a file is called.</summary>
public sealed class ContainerTests(BaseClip clip) : IClassFixture<BaseClip>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile://CLIP\n", "playlist")]
    [InlineData("\uFEFF  #EXTM3U\n#EXTINF:1,\nCLIP\n", "playlist")]
    [InlineData("ffconcat version 1.0\nfile CLIP\n", "concat")]
    [InlineData("<?xml version=\"1.0\"?><MPD><BaseURL>file://CLIP</BaseURL></MPD>", "DASH")]
    [InlineData("<MPD><BaseURL>file://CLIP</BaseURL></MPD>", "DASH")]
    [InlineData("v=0\no=- 0 0 IN IP4 127.0.0.1\n", "SDP")]
    [InlineData("<!DOCTYPE html><html></html>", "web page")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("file CLIP\n", "none of the containers")]
    [InlineData("", "is empty")]
    public void A_text_that_names_other_files_is_refused(string text, string said)
    {
        var path = _folder.Write("a.mp4", text.Replace("CLIP", clip.Path));
        foreach (var read in (Action[])[() => VideoProbe.Probe(path), () => ImageReader.Read(path, 16, 16)])
        {
            var error = Assert.Throws<WanLabException>(read);
            Assert.StartsWith(path, error.Message);
            Assert.Contains(said, error.Message);
        }
    }

    [Theory]
    [InlineData("my%20dog.mp4")]
    [InlineData("%03d.mp4")]
    [InlineData("-i.mp4")]
    [InlineData("concat:a|b.mp4")]
    [InlineData("a'b,c[d];e.mp4")]
    [InlineData("no ending at all")]
    public void A_name_is_no_more_than_a_name(string name)
    {
        File.Copy(clip.Path, _folder[name]);
        Assert.Equal(256, VideoProbe.Probe(_folder[name]).FrameCount);
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=32x32", "-frames:v", "1", _folder["plain.png"]);
        File.Copy(_folder["plain.png"], _folder[name + ".png"]);
        Assert.Equal(32, VideoProbe.Probe(_folder[name + ".png"]).Width);
    }

    [Fact]
    public void Pipes_devices_and_folders_are_refused_at_once()
    {
        using (var mkfifo = Process.Start("/usr/bin/mkfifo", _folder["pipe.mp4"])) mkfifo.WaitForExit();
        File.CreateSymbolicLink(_folder["zero.mp4"], "/dev/zero");
        Directory.CreateDirectory(_folder["folder.mp4"]);
        Assert.Contains("no regular file", Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder["pipe.mp4"])).Message);
        Assert.Contains("no regular file", Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder["zero.mp4"])).Message);
        Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder["folder.mp4"]));
    }

    [Fact]
    public void Animated_pictures_are_called_so()
    {
        foreach (var (name, codec) in (ReadOnlySpan<(string, string)>)[("a.webp", "libwebp_anim"), ("a.png", "apng")])
        {
            BarClips.Convert("-f", "lavfi", "-i", "testsrc=size=64x48:rate=4:duration=1", "-c:v", codec, "-f",
                codec == "apng" ? "apng" : "webp", _folder[name]);
            Assert.Contains("animated", Assert.Throws<WanLabException>(() => VideoProbe.Probe(_folder[name])).Message);
        }
    }

    [Fact]
    public void A_picture_that_is_shown_without_width_is_refused()
    {
        BarClips.Convert("-f", "lavfi", "-i", "color=c=red:size=48x48", "-frames:v", "1", "-vf", "setsar=3/2", _folder["thin.mp4"]);
        // ffmpeg writes no such shape itself; a file can say it.
        var bytes = File.ReadAllBytes(_folder["thin.mp4"]);
        var shape = bytes.AsSpan(bytes.AsSpan().IndexOf("pasp"u8) + 4, 8);
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2], shape.ToArray());
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(shape[4..], 1427);
        File.WriteAllBytes(_folder["thin.mp4"], bytes);
        foreach (var read in (Action[])[() => VideoProbe.Probe(_folder["thin.mp4"]), () => ImageReader.Read(_folder["thin.mp4"], 16, 16)])
            Assert.Contains("shown at 0x48", Assert.Throws<WanLabException>(read).Message);
    }

    [Fact]
    public void The_time_limit_ends_a_program_that_hangs()
    {
        var error = Assert.Throws<WanLabException>(() => Ffmpeg.Run("ffmpeg",
            ["-v", "error", "-re", "-f", "lavfi", "-i", "color=size=16x16", "-f", "null", "-"], limit: TimeSpan.FromMilliseconds(300)));
        Assert.Contains("did not come to an end", error.Message);
    }

    [Fact]
    public void A_cancellation_wins_over_the_failure_that_it_makes()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.ThrowsAny<OperationCanceledException>(() => Ffmpeg.Run("ffmpeg",
            ["-v", "error", "-re", "-f", "lavfi", "-i", "color=size=16x16", "-f", "null", "-"], cancellation: stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => VideoProbe.Probe(clip.Path, stop.Token));
        Assert.ThrowsAny<OperationCanceledException>(
            () => VideoReader.ReadFrames(clip.Path, [0, 300], FrameFit.Cover(128, 64, 128, 64), VideoProbe.Probe(clip.Path),
                cancellation: stop.Token));
    }

    [Theory]
    [InlineData(130, "", true)]
    [InlineData(143, "", true)]
    [InlineData(255, "Exiting normally, received signal 2.", true)]
    [InlineData(139, "", false)]
    [InlineData(1, "Invalid data", false)]
    public void A_signal_is_distinguished_from_a_failure(int exitCode, string said, bool stopped) =>
        Assert.Equal(stopped, Ffmpeg.WasStopped(exitCode, said));
}
