using WanLab.Datasets;
using WanLab.Media;
using WanLab.Models;
using WanLab.Notebooks.Blocks;
using WanLab.Notebooks.Media;
using WanLab.Tiny.Scenes;

namespace WanLab.Notebooks.Tests.Media;

public sealed class EmbeddedVideoTests : IDisposable
{
    private const long Plenty = 1 << 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("wanlab-video-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_preview_goes_in_as_it_is_with_a_poster()
    {
        var file = Clip("preview.mp4", 64, 48);
        var video = EmbeddedVideo.Of(file, Plenty, asItIs: true);
        Assert.Equal(File.ReadAllBytes(file), video.Mp4);
        Assert.Equal((64, 48), (video.Width, video.Height));
        Assert.Equal([0xff, 0xd8], video.Poster[..2]); // JPEG
        File.WriteAllBytes(Path.Combine(_folder, "poster.jpg"), video.Poster);
        var poster = VideoProbe.Probe(Path.Combine(_folder, "poster.jpg"));
        Assert.Equal((64, 48), (poster.Width, poster.Height));
    }

    [Fact]
    public void Another_form_of_video_becomes_one_that_browsers_play()
    {
        var file = Clip("clip.mp4", 64, 48);
        var odd = Path.Combine(_folder, "odd.avi");
        Assert.Equal(0, Ffmpeg.Run("ffmpeg", ["-v", "error", "-i", file, "-c:v", "mpeg4", "-vf", "scale=63:47", odd]).ExitCode);
        var video = EmbeddedVideo.Of(odd, Plenty, asItIs: false);
        var made = Path.Combine(_folder, "made.mp4");
        File.WriteAllBytes(made, video.Mp4);
        var (_, form, _) = Ffmpeg.Run("ffprobe", ["-v", "error", "-show_entries", "stream=codec_name,pix_fmt", "-of", "csv=p=0", made]);
        Assert.Equal("h264,yuv420p", form.Trim());
        Assert.Equal(VideoProbe.Probe(odd).FrameCount, VideoProbe.Probe(made).FrameCount);
    }

    [Fact]
    public void What_is_too_large_is_made_smaller_until_it_fits()
    {
        var file = Noise("noise.mp4", 256);
        var most = new FileInfo(file).Length / 3;
        var video = EmbeddedVideo.Of(file, most, asItIs: true);
        Assert.InRange(video.Mp4.Length, 1, most);
        Assert.True(video.Width <= 256);
    }

    [Fact]
    public void What_never_fits_is_refused_with_what_to_do() =>
        Assert.Contains("open the file itself",
            Assert.Throws<WanLabException>(() => EmbeddedVideo.Of(Noise("noise.mp4", 64), 100, asItIs: true)).Message);

    [Fact]
    public void A_page_keeps_to_its_budget_and_names_the_rest()
    {
        var files = Enumerable.Range(0, 3).Select(k => Clip($"{k}.mp4", 64, 48, k)).ToList();
        var one = EmbeddedVideo.Of(files[0], Plenty, asItIs: true).Bytes;
        var grid = VideoGrid.Of(files.Select(file => ("prompt", Path.GetFileName(file), file)));
        var html = new Page([grid.Block()]).ToHtml(new HtmlSettings { Videos = new VideoBudget(total: one * 5 / 2) });
        Assert.Equal(2, Count(html, "<video"));
        Assert.Contains("2.mp4 is not shown", html);
        Assert.DoesNotContain("<source", html); // which untrusted notebooks empty
    }

    [Fact]
    public void A_clip_that_cannot_be_read_says_so_and_the_others_play()
    {
        var broken = Path.Combine(_folder, "broken.mp4");
        File.WriteAllText(broken, "no clip");
        var html = new Page([VideoGrid.Of([("p", "a", broken), ("p", "b", Clip("b.mp4", 64, 48))]).Block()]).ToHtml(
            new HtmlSettings { Videos = new VideoBudget() });
        Assert.Equal(1, Count(html, "<video"));
        Assert.Contains("cannot be read", html);
    }

    [Fact]
    public void A_video_is_made_once_until_its_file_changes()
    {
        var file = Clip("kept.mp4", 64, 48);
        var shelf = new VideoShelf();
        var first = shelf.Get(file, Plenty, asItIs: true);
        Assert.Same(first, shelf.Get(file, Plenty, asItIs: true));
        Clip("kept.mp4", 64, 48, seed: 2);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.NotSame(first, shelf.Get(file, Plenty, asItIs: true));
    }

    [Fact]
    public void A_full_shelf_lets_the_oldest_go()
    {
        var (one, two) = (Clip("one.mp4", 64, 48), Clip("two.mp4", 64, 48, seed: 2));
        var shelf = new VideoShelf(EmbeddedVideo.Of(two, Plenty, asItIs: true).Bytes);
        var first = shelf.Get(one, Plenty, asItIs: true);
        var second = shelf.Get(two, Plenty, asItIs: true);
        Assert.Same(second, shelf.Get(two, Plenty, asItIs: true));
        Assert.NotSame(first, shelf.Get(one, Plenty, asItIs: true));
    }

    [Fact]
    public void A_video_counts_once_however_often_it_is_shown()
    {
        var budget = new VideoBudget(total: 10);
        var (one, other) = (new EmbeddedVideo([1, 2, 3], [1, 2, 3], 2, 2, 9), new EmbeddedVideo([4, 5, 6], [1, 2, 3], 2, 2, 9));
        Assert.True(budget.TryTake(one));
        Assert.True(budget.TryTake(one));
        Assert.False(budget.TryTake(other));
        budget.Total = 12;
        Assert.True(budget.TryTake(other));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private string Clip(string name, int width, int height, long seed = 1)
    {
        var file = Path.Combine(_folder, name);
        var scene = Tiny.Scenes.SceneGenerator.Draw(seed);
        Mp4Writer.Write(file, Tiny.Scenes.SceneRenderer.Render(scene, width, height, 9), width, height);
        return file;
    }

    private string Noise(string name, int side)
    {
        var pixels = new byte[side * side * 3 * 9];
        new Random(7).NextBytes(pixels);
        var file = Path.Combine(_folder, name);
        Mp4Writer.Write(file, pixels, side, side);
        return file;
    }
}
