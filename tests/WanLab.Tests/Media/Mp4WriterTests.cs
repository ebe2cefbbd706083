using System.Text;
using WanLab.Media;
using WanLab.Testing;
using WanLab.Tiny.Scenes;

namespace WanLab.Tests.Media;

public sealed class Mp4WriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-mp4-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(64, 48, 5, 16)]
    [InlineData(2, 2, 1, 24)]
    [InlineData(66, 34, 17, 12.5)]
    public void A_clip_has_the_size_frames_and_rate_it_was_written_with(int width, int height, int frames, double fps)
    {
        var path = Path.Combine(_folder, "new", "clip.mp4");

        Mp4Writer.Write(path, new byte[width * height * 3 * frames], width, height, fps);

        var rate = fps == 12.5 ? "25/2" : $"{fps}/1";
        Assert.Equal($"h264|High|{width}|{height}|yuv420p|{rate}|{frames}",
            Probe(path, "stream=codec_name,profile,width,height,pix_fmt,r_frame_rate,nb_read_frames"));
        Assert.Equal(["clip.mp4"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(8, "8/1")]
    [InlineData(24, "24/1")]
    [InlineData(29.97, "2997/100")]
    public void The_rate_changes_the_times_of_frames_and_not_one_of_their_pixels(double fps, string rate)
    {
        var (usual, other) = (Path.Combine(_folder, "usual.mp4"), Path.Combine(_folder, "other.mp4"));
        var frames = SceneRenderer.Render(SceneGenerator.Draw(3), 64, 64, 17);

        Mp4Writer.Write(usual, frames, 64, 64);
        Mp4Writer.Write(other, frames, 64, 64, fps);

        Assert.Equal(Decoded.Frames(usual), Decoded.Frames(other));
        Assert.Equal($"{rate}|{rate}|17", Probe(other, "stream=r_frame_rate,avg_frame_rate,nb_read_frames"));
        var times = VideoProbe.Probe(other).FrameTimes;
        Assert.All(times.Index(), t => Assert.Equal(t.Index / fps, t.Item, 1e-4));
    }

    [Fact]
    public void Colours_come_back()
    {
        var path = Path.Combine(_folder, "colours.mp4");
        (byte R, byte G, byte B)[] colors = [(200, 40, 40), (40, 180, 60), (50, 80, 210), (240, 240, 240), (20, 20, 20)];
        var frames = colors.SelectMany(c => Enumerable.Repeat(new[] { c.R, c.G, c.B }, 64 * 64).SelectMany(p => p)).ToArray();

        Mp4Writer.Write(path, frames, 64, 64);

        var back = Decoded.Frames(path);
        Assert.Equal(frames.Length, back.Length);
        Assert.True(frames.Zip(back).All(p => Math.Abs(p.First - p.Second) <= 4), "A colour is off by more than 4 of 255.");
    }

    [Fact]
    public void The_index_comes_first_so_that_browsers_can_start_at_once()
    {
        var path = Path.Combine(_folder, "clip.mp4");

        Mp4Writer.Write(path, new byte[32 * 32 * 3 * 3], 32, 32);

        var text = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        Assert.InRange(text.IndexOf("moov", StringComparison.Ordinal), 0, text.IndexOf("mdat", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_frames_give_the_same_file_and_more_quality_a_larger_one()
    {
        var noise = new byte[64 * 64 * 3 * 9];
        new Random(4).NextBytes(noise);
        var paths = new[] { "a.mp4", "b.mp4", "c.mp4" }.Select(n => Path.Combine(_folder, n)).ToArray();

        Mp4Writer.Write(paths[0], noise, 64, 64);
        Mp4Writer.Write(paths[1], noise, 64, 64);
        Mp4Writer.Write(paths[2], noise, 64, 64, quality: 40);

        Assert.Equal(File.ReadAllBytes(paths[0]), File.ReadAllBytes(paths[1]));
        Assert.True(new FileInfo(paths[2]).Length < new FileInfo(paths[0]).Length / 2);
    }

    [Theory]
    [InlineData(63, 48, "64x48")]
    [InlineData(64, 47, "64x48")]
    [InlineData(0, 0, "2x2")]
    public void Odd_sizes_are_refused_with_the_size_to_use(int width, int height, string advice)
    {
        var path = Path.Combine(_folder, "odd.mp4");

        var error = Assert.Throws<WanLabException>(() => Mp4Writer.Write(path, new byte[width * height * 3], width, height));

        Assert.Contains(advice, error.Message);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(0, 16, 18, "whole frames")]
    [InlineData(100, 16, 18, "whole frames")]
    [InlineData(192, 0, 18, "frames a second")]
    [InlineData(192, double.NaN, 18, "frames a second")]
    [InlineData(192, 16, 0, "quality")]
    [InlineData(192, 16, 52, "quality")]
    public void Other_wrong_values_are_refused(int bytes, double fps, int quality, string words)
    {
        var error = Assert.Throws<WanLabException>(() =>
            Mp4Writer.Write(Path.Combine(_folder, "x.mp4"), new byte[bytes], 8, 8, fps, quality));

        Assert.Contains(words, error.Message);
    }

    [Fact]
    public void A_failure_tells_what_ffmpeg_said_and_leaves_the_older_file()
    {
        var path = Path.Combine(_folder, "kept.mp4");
        File.WriteAllText(path, "older");

        // Enough frames that ffmpeg ends before it has read them all.
        var error = Assert.Throws<WanLabException>(() =>
            Mp4Writer.Pipe(path, new byte[8 * 8 * 3 * 5000], 8, 8, 16, ["-c:v", "no_such_encoder", "-f", "mp4"]));

        Assert.Contains("no_such_encoder", error.Message);
        Assert.Equal("older", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_folder_in_the_way_is_reported()
    {
        var path = Path.Combine(_folder, "taken.mp4");
        Directory.CreateDirectory(path);

        var error = Assert.Throws<WanLabException>(() => Mp4Writer.Write(path, new byte[8 * 8 * 3], 8, 8));

        Assert.Contains("taken.mp4", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static string Probe(string path, string entries)
    {
        using var process = Ffmpeg.Start("ffprobe",
            ["-v", "error", "-count_frames", "-show_entries", entries, "-of", "compact=nk=1:p=0", path]);
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim();
    }
}
